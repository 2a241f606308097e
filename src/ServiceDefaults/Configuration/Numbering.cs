using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;

namespace PhoneMasking.ServiceDefaults.Configuration;

/// <summary>How telephone numbers are read that come without a country code.</summary>
public sealed class NumberingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Numbering";

    /// <summary>ISO 3166-1 code of the region whose way of writing numbers is understood. Default: <c>US</c>.</summary>
    [Required]
    public string DefaultRegion { get; init; } = "US";
}

/// <summary>Adds the region by which numbers are read.</summary>
public static class NumberingRegistration
{
    /// <summary>Adds <see cref="NumberingRegion"/> as the option <c>Numbering:DefaultRegion</c> names it.</summary>
    /// <param name="builder">The service being composed.</param>
    public static void AddNumbering(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddValidatedOptions<NumberingOptions, NumberingOptionsValidator>(NumberingOptions.Section);
        builder.Services.AddSingleton(services =>
            NumberingRegion.TryFind(
                services.GetRequiredService<IOptions<NumberingOptions>>().Value.DefaultRegion,
                out var region)
                ? region
                : NumberingRegion.UnitedStates);
    }
}

internal sealed class NumberingOptionsValidator : IValidateOptions<NumberingOptions>
{
    public ValidateOptionsResult Validate(string? name, NumberingOptions options) =>
        NumberingRegion.TryFind(options.DefaultRegion ?? string.Empty, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{NumberingOptions.Section}:{nameof(NumberingOptions.DefaultRegion)} must be one of "
                + $"{string.Join(", ", NumberingRegion.Codes)}.");
}
