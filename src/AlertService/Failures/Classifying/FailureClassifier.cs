using System.Globalization;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Failures.Classifying;

/// <summary>Says how a failure is treated, by the table that the settings choose and the settings' own words on single codes.</summary>
internal sealed class FailureClassifier
{
    /// <summary>The gateway's word for a text that it did not send, because the receiver had opted out.</summary>
    private const string OptedOut = "opted-out";

    /// <summary>The gateway's word for a text that it tried for a day: once more would be no more of use.</summary>
    private const string GaveUp = "gave-up";

    private readonly Dictionary<int, FailureClass> _classes;
    private readonly HashSet<int> _accountCodes;
    private readonly HashSet<int> _sitterPhoneCodes;

    public FailureClassifier(IOptions<FailureOptions> options)
    {
        var settings = options.Value;
        _classes = ErrorCodes.All.Values.ToDictionary(
            one => one.Code,
            one => settings.Table == FailureTable.Recommended ? one.Recommended : one.Required);
        foreach (var (code, word) in settings.Classes)
        {
            if (ErrorCodes.TryReadClass(word, out var own))
            {
                _classes[int.Parse(code, CultureInfo.InvariantCulture)] = own;
            }
        }

        _accountCodes = [.. FailureOptions.CodesOf(settings.AccountCodes)];
        _sitterPhoneCodes = [.. FailureOptions.CodesOf(settings.SitterPhoneCodes)];
    }

    /// <summary>
    /// Classes a failure. A code that is in no table, or none, is Permanent, because nobody knows that it passes; but for
    /// Twilio's own trouble, 500 to 599 and 20500 to 20599.
    /// </summary>
    /// <param name="code">Twilio's code, if there is one.</param>
    /// <param name="outcome">The gateway's word.</param>
    public FailureClass ClassOf(int? code, string outcome) => outcome switch
    {
        OptedOut => FailureClass.OptedOut,
        GaveUp => FailureClass.Permanent,
        _ when code is { } given && _classes.TryGetValue(given, out var known) => known,
        _ => code is (>= 500 and < 600) or (>= 20500 and < 20600) ? FailureClass.Temporary : FailureClass.Permanent,
    };

    /// <summary>Whether nothing at all goes out while this lasts, so that the owner hears of it at once.</summary>
    public bool IsOfAccount(int? code, FailureClass failureClass) =>
        failureClass == FailureClass.Systemic || (code is { } given && _accountCodes.Contains(given));

    /// <summary>Whether the receiver's phone is what cannot be reached, rather than what was sent or how.</summary>
    public bool IsOfPhone(int? code, FailureClass failureClass) =>
        failureClass == FailureClass.OptedOut || (code is { } given && _sitterPhoneCodes.Contains(given));
}
