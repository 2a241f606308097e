using PhoneMasking.Simulator.Account;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>Every way that a purchase can end.</summary>
internal abstract record PurchaseOutcome
{
    private PurchaseOutcome()
    {
    }

    internal sealed record Bought(OwnNumber Number) : PurchaseOutcome;

    internal sealed record Refused(TwilioError Error) : PurchaseOutcome;
}

/// <summary>Sells numbers by Twilio's rules.</summary>
internal sealed class PurchaseDesk(
    NumberDirectory numbers,
    AvailableNumbers available,
    AccountState account,
    TimeProvider clock)
{
    /// <summary>Buys the number that the form names, or any one of its area code.</summary>
    public PurchaseOutcome Buy(IFormCollection form)
    {
        var phoneNumber = form["PhoneNumber"].ToString();
        var areaCode = form["AreaCode"].ToString();
        var error = account.Current switch
        {
            { IsRestricted: true } => TwilioError.AccountRestricted,
            { IsTrial: true } when numbers.Count > 0 => TwilioError.TrialNumberLimit,
            _ => null,
        };
        if (error is not null)
        {
            return new PurchaseOutcome.Refused(error);
        }

        return phoneNumber.Length == 0 && areaCode.Length > 0
            ? BuyAny(areaCode, form)
            : BuyThis(phoneNumber, form);
    }

    private PurchaseOutcome BuyAny(string areaCode, IFormCollection form)
    {
        if (!AvailableNumbers.IsAreaCode(areaCode))
        {
            return new PurchaseOutcome.Refused(TwilioError.InvalidAreaCode);
        }

        foreach (var chosen in available.InAreaCode(areaCode))
        {
            // Another buyer may have been quicker.
            if (TryTake(chosen, form) is { } number)
            {
                return new PurchaseOutcome.Bought(number);
            }
        }

        return new PurchaseOutcome.Refused(TwilioError.NoneInAreaCode);
    }

    private PurchaseOutcome BuyThis(string phoneNumber, IFormCollection form)
    {
        if (!E164.IsValid(phoneNumber))
        {
            return new PurchaseOutcome.Refused(TwilioError.NumberRequired);
        }

        return available.Contains(phoneNumber) && TryTake(phoneNumber, form) is { } number
            ? new PurchaseOutcome.Bought(number)
            : new PurchaseOutcome.Refused(TwilioError.NotAvailable(phoneNumber));
    }

    private OwnNumber? TryTake(string phoneNumber, IFormCollection form)
    {
        var number = NumberSettings.Apply(OwnNumber.Buy(phoneNumber, clock.GetUtcNow()), form);
        return numbers.TryAdd(number) ? number : null;
    }
}
