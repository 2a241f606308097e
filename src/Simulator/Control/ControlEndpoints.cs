using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Simulator.Account;
using PhoneMasking.Simulator.Airtable;
using PhoneMasking.Simulator.Faults;
using PhoneMasking.Simulator.Handsets;
using PhoneMasking.Simulator.Mailbox;
using PhoneMasking.Simulator.Messages;
using PhoneMasking.Simulator.MessagingServices;
using PhoneMasking.Simulator.Numbers;
using PhoneMasking.Simulator.Proxy;
using PhoneMasking.Simulator.Registration;
using PhoneMasking.Simulator.Rest;

namespace PhoneMasking.Simulator.Control;

/// <summary>
/// The control API: for tests, demos and the phones page. Open to everybody who can reach the simulator.
/// </summary>
internal static class ControlEndpoints
{
    private const int DefaultLimit = 1000;

    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/simulator/api");
        control.MapHandsets();
        control.MapAccountControl();
        control.MapNumberControl();
        control.MapStock();
        control.MapMessagingServiceControl();
        control.MapRegistrationControl();
        control.MapProxyControl();
        control.MapAirtableControl();
        control.MapRestControl();
        control.MapFaults();
        control.MapLifeCycle();
        control.MapGet("/messages", Messages);
        control.MapPost("/messages/search", SearchMessages);
        control.MapGet("/deliveries", Deliveries);
        control.MapPost("/deliveries/search", SearchDeliveries);
        control.MapGet("/calls", Calls);
        control.MapGet("/counters", ReadCounters);
        control.MapPost("/reset", Reset);
    }

    private static IEnumerable<LoggedMessageView> Messages(
        MessageStore store,
        long after = 0,
        int limit = DefaultLimit) =>
        store.After(after, limit, IsFromRest).Select(LoggedMessageView.Of);

    private static IEnumerable<LoggedMessageView> SearchMessages(SearchRequest request, MessageStore store) =>
        store.After(request.After ?? 0, request.Limit ?? DefaultLimit, request.Accepts).Select(LoggedMessageView.Of);

    private static IEnumerable<DeliveryView> Deliveries(DeliveryLog log, long after = 0, int limit = DefaultLimit) =>
        log.After(after, limit, static _ => true).Select(DeliveryView.Of);

    private static IEnumerable<DeliveryView> SearchDeliveries(SearchRequest request, DeliveryLog log) =>
        log.After(request.After ?? 0, request.Limit ?? DefaultLimit, request.Accepts).Select(DeliveryView.Of);

    private static IReadOnlyList<RestCall> Calls(CallLog log, long after = 0, int limit = DefaultLimit) =>
        log.After(after, limit);

    private static Dictionary<string, long> ReadCounters(Counters counters, MessageStore store)
    {
        var values = counters.Read();
        values.Add("keptMessages", store.Count);
        return values;
    }

    /// <summary>
    /// Back to the state of the start: messages, mails, people, numbers, services, faults, opt-outs, switches and counts.
    /// </summary>
    private static NoContent Reset(SimulatorState state)
    {
        state.Timeline.Clear();
        state.Faults.Clear();
        state.Messages.Clear();
        state.Deliveries.Clear();
        state.Mails.Clear();
        state.Calls.Clear();
        state.OptOuts.Clear();
        state.LifeCycle.Reset();
        state.Account.Reset();
        state.Numbers.Reset();
        state.Available.Reset();
        state.Services.Reset();
        state.Registrations.Reset();
        state.Proxy.Reset();
        state.Pace.Reset();
        state.Operations.Reset();
        state.People.Reset();
        state.Airtable.Reset();
        state.AirtablePace.Reset();
        state.AirtableBase.Clear();
        state.Counters.Reset();
        return TypedResults.NoContent();
    }

    private static bool IsFromRest(Message message) => message.Direction == MessageDirection.OutboundApi;
}

/// <summary>Everything the simulator remembers.</summary>
internal sealed record SimulatorState(
    Timeline Timeline,
    FaultBoard Faults,
    MessageStore Messages,
    DeliveryLog Deliveries,
    MailStore Mails,
    CallLog Calls,
    OptOuts OptOuts,
    LifeCycleSettings LifeCycle,
    AccountState Account,
    NumberDirectory Numbers,
    AvailableNumbers Available,
    MessagingServiceStore Services,
    RegistrationBook Registrations,
    ProxyServiceStore Proxy,
    Pace Pace,
    OperationCounts Operations,
    People People,
    AirtableState Airtable,
    AirtablePace AirtablePace,
    BaseStore AirtableBase,
    Counters Counters);

/// <summary>Narrows a list of messages. Numbers are in the body, because URLs are logged.</summary>
/// <param name="After">Only what has a higher sequence number.</param>
/// <param name="Limit">At most so many. Default: 1,000.</param>
/// <param name="To">Only to this number.</param>
/// <param name="From">Only from this number.</param>
/// <param name="Direction">inbound, outbound-api or outbound-reply. Default: all.</param>
/// <param name="Contains">Only bodies that contain this.</param>
public sealed record SearchRequest(
    long? After,
    [Range(1, 1_000_000)] int? Limit,
    string? To,
    string? From,
    string? Direction,
    string? Contains)
{
    internal bool Accepts(Message message) =>
        (To is null || message.To == To)
        && (From is null || message.From == From)
        && (Direction is null || message.Direction.Wire() == Direction)
        && (Contains is null || message.Body.Contains(Contains, StringComparison.Ordinal));
}

/// <summary>A message in the order of acceptance.</summary>
internal sealed record LoggedMessageView(
    long Sequence,
    string Sid,
    string Direction,
    string From,
    string To,
    string Body,
    IReadOnlyList<string> Media,
    string Status,
    int? ErrorCode,
    DateTimeOffset AcceptedAt)
{
    public static LoggedMessageView Of(Message message) => new(
        message.Sequence,
        message.Sid,
        message.Direction.Wire(),
        message.From,
        message.To,
        message.Body,
        message.Media,
        message.State.Status.Wire(),
        message.State.ErrorCode,
        message.Created);
}

/// <summary>A message in the order in which the handsets got them.</summary>
internal sealed record DeliveryView(long Sequence, DateTimeOffset At, LoggedMessageView Message)
{
    public static DeliveryView Of(Delivery delivery) =>
        new(delivery.Sequence, delivery.At, LoggedMessageView.Of(delivery.Message));
}
