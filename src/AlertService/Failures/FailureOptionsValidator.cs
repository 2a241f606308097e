using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Failures.Classifying;

namespace PhoneMasking.AlertService.Failures;

/// <summary>Checks at start what one range does not tell: codes, classes, and times that go together.</summary>
internal sealed class FailureOptionsValidator : IValidateOptions<FailureOptions>
{
    public ValidateOptionsResult Validate(string? name, FailureOptions options)
    {
        string[] failures =
        [
            .. Table(options),
            .. options.Classes.SelectMany(one => Class(one.Key, one.Value)),
            .. Codes(nameof(FailureOptions.AccountCodes), options.AccountCodes),
            .. Codes(nameof(FailureOptions.SitterPhoneCodes), options.SitterPhoneCodes),
            .. Times(options),
        ];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Table(FailureOptions options)
    {
        if (!Enum.IsDefined(options.Table))
        {
            yield return "Failures:Table must be Required or Recommended.";
        }
    }

    private static IEnumerable<string> Class(string code, string word)
    {
        if (!ErrorCodes.TryReadCode(code, out _))
        {
            yield return $"Failures:Classes:{code} must be named for one of Twilio's error codes, as Failures:Classes:30008.";
        }

        if (!ErrorCodes.TryReadClass(word, out _))
        {
            yield return $"Failures:Classes:{code} must be one of {string.Join(", ", ErrorCodes.ClassWords)}.";
        }
    }

    private static IEnumerable<string> Codes(string setting, string list)
    {
        if (FailureOptions.Parts(list).Any(part => !ErrorCodes.TryReadCode(part, out _)))
        {
            yield return $"Failures:{setting} must be Twilio's error codes, separated by commas, as 30002,30033.";
        }
    }

    private static IEnumerable<string> Times(FailureOptions options)
    {
        if (options.Retention < options.SystemicWindow)
        {
            yield return "Failures:Retention must not be shorter than Failures:SystemicWindow: what is deleted is not counted.";
        }

        if (options.Retention < options.SitterAlertInterval)
        {
            yield return "Failures:Retention must not be shorter than Failures:SitterAlertInterval: what is deleted limits nothing.";
        }
    }
}
