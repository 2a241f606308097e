namespace PhoneMasking.Simulator.Account;

/// <summary>Whether the account may work.</summary>
public enum AccountStatus
{
    Active,
    Suspended,
    Closed,
}

/// <summary>Whether the account has been upgraded.</summary>
public enum AccountType
{
    Full,

    /// <summary>One number, and texts to people of the simulator only: Twilio's "verified" phones.</summary>
    Trial,
}

/// <summary>The state of the account at the moment: begins active and full.</summary>
internal sealed class AccountState
{
    private static readonly AccountStanding Start = new(AccountStatus.Active, AccountType.Full, IsRestricted: false);

    private volatile AccountStanding _current = Start;

    public AccountStanding Current
    {
        get => _current;
        set => _current = value;
    }

    public void Reset() => _current = Start;
}

/// <summary>How the account stands.</summary>
/// <param name="Status">Suspended and closed: calls are refused, what is queued fails with 30002.</param>
/// <param name="Type">Trial: 21404 for a second number, 21608 for texts to strangers.</param>
/// <param name="IsRestricted">Whether purchases are refused with 22300.</param>
internal sealed record AccountStanding(AccountStatus Status, AccountType Type, bool IsRestricted)
{
    public bool IsActive => Status == AccountStatus.Active;

    public bool IsTrial => Type == AccountType.Trial;
}
