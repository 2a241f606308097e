using System.Collections.Concurrent;
using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>Answers for NumberService on what concerns numbers. Pages have two numbers, whatever was asked for.</summary>
internal sealed class FakeNumbers(Action<object> keep)
{
    private const int PageSize = 2;

    private readonly ConcurrentDictionary<(Guid, Guid), NumberView> _numbers = [];
    private readonly ConcurrentDictionary<Guid, NumberAllocation> _allocations = [];

    /// <summary>The reason of a number after which no page is answered.</summary>
    public const string LastAnswered = "last-answered";

    public static readonly UtilizationView Figures = new(20, 17, 1, 1, 0, 6, 8);

    /// <summary>A number there is. One whose sitter is set cannot be retired.</summary>
    public NumberView Add(OrganisationId organisation, NumberView number)
    {
        _numbers[(organisation.Value, number.Id.Value)] = number;
        return number;
    }

    /// <summary>How an allocation to a client ends; a client of whom nothing was said does not exist.</summary>
    public void Allocate(ClientId client, NumberAllocation allocation) => _allocations[client.Value] = allocation;

    public void AnswerOn(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.Handler<ListNumbers>(context => IsAnswered(context.Message)
            ? AnswerAsync(context, PageOf(context.Message))
            : Task.CompletedTask);
        endpoint.Handler<ReadNumber>(context => OnAsync(
            context, context.Message.OrganisationId, context.Message.NumberId, number => new NumberDetail(number, [HistoryOf(number)])));
        endpoint.Handler<AttachNumber>(context => OnAsync(context, context.Message.OrganisationId, context.Message.NumberId));
        endpoint.Handler<VerifyNumber>(context => OnAsync(context, context.Message.OrganisationId, context.Message.NumberId));
        endpoint.Handler<AssignNumber>(context => OnAsync(
            context,
            context.Message.OrganisationId,
            context.Message.NumberId,
            number => number with { SitterId = context.Message.SitterId }));
        endpoint.Handler<ReleaseNumber>(context => OnAsync(context, context.Message.OrganisationId, context.Message.NumberId));
        endpoint.Handler<RetireNumber>(context => OnAsync(
            context,
            context.Message.OrganisationId,
            context.Message.NumberId,
            number => number.SitterId is null
                ? number with { Status = NumberStatus.Retired }
                : new Refused(RefusalKind.Conflict, "number-in-use", "A sitter has this number: release it first.")));
        endpoint.Handler<BuyNumbers>(context => AnswerAsync(context, new OrderedNumbers(
            [.. Enumerable.Range(0, context.Message.Count).Select(index => OrderOf(context.Message, index))])));
        endpoint.Handler<ReadPool>(context => AnswerAsync(context, new PoolStatistics(2, 5, 1, 3)));
        endpoint.Handler<AllocateNumber>(context => AnswerAsync(context, _allocations.GetValueOrDefault(
            context.Message.ClientId.Value, new NumberAllocation(AllocationResult.ClientNotFound))));
        endpoint.Handler<ReadUtilization>(context => AnswerAsync(context, new UtilizationNow(Figures, 0.87, false, null, null, null)));
        endpoint.Handler<ListUtilization>(context => AnswerAsync(
            context, new UtilizationHistory([new UtilizationPoint(context.Message.From, Figures)])));
        endpoint.Handler<RunMonitor>(context => AnswerAsync(context, RunOf(context.Message.RequestId, context.Message.Monitor)));
        endpoint.Handler<ListMonitorRuns>(context => AnswerAsync(context, new MonitorRunPage(
            [RunOf(Guid.CreateVersion7(), context.Message.Monitor ?? NumberMonitor.PoolCapacity)], null)));
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private Task OnAsync<T>(
        ConsumeContext<T> context,
        OrganisationId organisation,
        NumberId id,
        Func<NumberView, object>? act = null)
        where T : class =>
        AnswerAsync(context, !_numbers.TryGetValue((organisation.Value, id.Value), out var number)
            ? new Refused(RefusalKind.NotFound, "unknown-number", "There is no number with this id.", "numberId")
            : act is null ? number : act(number));

    private Task AnswerAsync<T>(ConsumeContext<T> context, object answer)
        where T : class
    {
        keep(context.Message);
        return context.RespondAsync(answer);
    }

    private bool IsAnswered(ListNumbers request) =>
        request.After is not { } after || _numbers[(request.OrganisationId.Value, after.Value)].Reason != LastAnswered;

    private NumberPage PageOf(ListNumbers request)
    {
        var found = _numbers.Where(entry => entry.Key.Item1 == request.OrganisationId.Value)
            .Select(entry => entry.Value)
            .Where(number => request.After is not { } after || number.Id.Value.CompareTo(after.Value) > 0)
            .OrderBy(number => number.Id.Value)
            .Take(PageSize + 1)
            .ToArray();
        return new NumberPage(found[..Math.Min(PageSize, found.Length)], found.Length > PageSize ? found[PageSize - 1].Id : null);
    }

    private static NumberView OrderOf(BuyNumbers buy, int index) => new(
        new NumberId(index == 0 ? buy.RequestId : Guid.CreateVersion7()), null, buy.Lifecycle, NumberStatus.Pending, null, 1, Now);

    private static NumberHistoryEntry HistoryOf(NumberView number) =>
        new(number.CreatedAt, number.Stage, number.Lifecycle, number.SitterId, null, null, null);

    private static MonitorRun RunOf(Guid id, NumberMonitor monitor) =>
        new(id, monitor, true, Figures, MonitorDecision.BelowThreshold, null, Now);
}
