using System.Diagnostics;
using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.SyncService.Clients;

/// <summary>Every way a request about one client can end.</summary>
internal abstract record ClientOutcome
{
    private ClientOutcome()
    {
    }

    /// <summary>The client as it is now.</summary>
    public sealed record Done(ClientView Client) : ClientOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record No(Refused Refused) : ClientOutcome;

    /// <summary>Sends the contract's answer.</summary>
    public Task AnswerAsync(ConsumeContext context) => this switch
    {
        Done done => context.RespondAsync(done.Client),
        No no => context.RespondAsync(no.Refused),
        _ => throw new UnreachableException(),
    };
}
