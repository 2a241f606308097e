using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Sessions;

/// <summary>Every way that asking for something about a session can end. Faults (a dead database) throw instead.</summary>
internal abstract record SessionOutcome
{
    private SessionOutcome()
    {
    }

    /// <summary>The session is new, or was closed and is open again.</summary>
    internal sealed record Opened(SessionView Session) : SessionOutcome;

    /// <summary>The session as it is now.</summary>
    internal sealed record Present(SessionView Session) : SessionOutcome;

    internal sealed record Closed : SessionOutcome;

    internal sealed record UnknownSession : SessionOutcome;

    internal sealed record UnknownSitter : SessionOutcome;

    internal sealed record UnknownClient : SessionOutcome;

    internal sealed record SitterHasNoNumber : SessionOutcome;

    internal sealed record ClientHasNoPhone : SessionOutcome;

    internal sealed record PoolExhausted : SessionOutcome;
}
