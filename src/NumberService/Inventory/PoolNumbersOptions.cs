using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>Pool numbers given by configuration, imported at start.</summary>
internal sealed class PoolNumbersOptions
{
    /// <summary>The setting, a variable that stands alone as in the systems this one replaces.</summary>
    public const string Setting = "TWILIO_POOL_NUMBERS";

    /// <summary>A comma- or newline-separated list. Default: none.</summary>
    public string? List { get; set; }
}

internal sealed class PoolNumbersOptionsValidator(NumberingRegion region) : IValidateOptions<PoolNumbersOptions>
{
    public ValidateOptionsResult Validate(string? name, PoolNumbersOptions options)
    {
        var entries = (options.List ?? string.Empty)
            .Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wrong = entries.Index().Where(entry => !region.TryRead(entry.Item, out _)).Select(entry => entry.Index + 1);

        // The entry itself is not repeated: it may be a real number with a slip of the pen.
        return wrong.Any()
            ? ValidateOptionsResult.Fail(
                $"{PoolNumbersOptions.Setting} must list telephone numbers in E.164 form, separated by commas; "
                + $"wrong are the entries at position {string.Join(", ", wrong)}.")
            : ValidateOptionsResult.Success;
    }
}
