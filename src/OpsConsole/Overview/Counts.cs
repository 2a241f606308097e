using System.Globalization;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Inquiries;

namespace PhoneMasking.OpsConsole.Overview;

/// <summary>The numbers of the overview, each from the service that knows.</summary>
internal sealed class Counts(Inquiry inquiry)
{
    private static readonly HashSet<string> Waiting = new(["held", "pending", "sending", "unknown"], StringComparer.Ordinal);

    /// <summary>How many sitters are active.</summary>
    /// <param name="cancellationToken">Ends with the browser's request.</param>
    public async Task<string> SittersAsync(CancellationToken cancellationToken) => Show(
        await Walk.ThroughAsync<SitterPage, SitterView, SitterId>(
            after => inquiry.AskAsync<ListSitters, SitterPage>(
                new ListSitters(OrganisationId.Default, after, Walk.PageSize), cancellationToken),
            page => (page.Items, page.Next)),
        sitter => sitter.Active);

    /// <summary>How many pool numbers are Ready.</summary>
    /// <param name="cancellationToken">Ends with the browser's request.</param>
    public async Task<string> ReadyPoolNumbersAsync(CancellationToken cancellationToken) => Show(
        await Walk.ThroughAsync<NumberPage, NumberView, NumberId>(
            after => inquiry.AskAsync<ListNumbers, NumberPage>(
                new ListNumbers(OrganisationId.Default, after, Walk.PageSize), cancellationToken),
            page => (page.Items, page.Next)),
        number => number is { Lifecycle: NumberLifecycle.Pool, Status: NumberStatus.Ready });

    /// <summary>How many sessions are open.</summary>
    /// <param name="cancellationToken">Ends with the browser's request.</param>
    public async Task<string> OpenSessionsAsync(CancellationToken cancellationToken) => Show(
        await Walk.ThroughAsync<SessionPage, SessionView, SessionId>(
            after => inquiry.AskAsync<ListSessions, SessionPage>(
                new ListSessions(OrganisationId.Default, after, Walk.PageSize, OpenOnly: true), cancellationToken),
            page => (page.Items, page.Next)),
        _ => true);

    /// <summary>How many texts of the latest ones are held or on their way out.</summary>
    /// <param name="cancellationToken">Ends with the browser's request.</param>
    public async Task<string> WaitingTextsAsync(CancellationToken cancellationToken) => Show(
        await Walk.ThroughAsync<MessagePage, MessageView, MessageId>(
            after => inquiry.AskAsync<ListMessages, MessagePage>(
                new ListMessages(OrganisationId.Default, after, Walk.PageSize), cancellationToken),
            page => (page.Items, null)),
        message => Waiting.Contains(message.State));

    private static string Show<T>(Reply<IReadOnlyList<T>> reply, Func<T, bool> counts) =>
        reply is Reply<IReadOnlyList<T>>.Given { Value: var items }
            ? items.Count(counts).ToString(CultureInfo.InvariantCulture) + (items.Count >= Walk.MaxItems ? "+" : "")
            : "?";
}
