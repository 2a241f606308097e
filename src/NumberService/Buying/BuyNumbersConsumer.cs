using System.Text.RegularExpressions;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.NumberService.Buying;

/// <summary>Orders numbers. Idempotent: the same request again gives the same orders.</summary>
internal sealed partial class BuyNumbersConsumer(
    NumberDbContext db,
    NumberOrders orders,
    ProvisioningSignal signal,
    ILogger<BuyNumbersConsumer> logger) : IConsumer<BuyNumbers>
{
    private const int MaxCount = 50;

    public async Task Consume(ConsumeContext<BuyNumbers> context)
    {
        var request = context.Message;
        if (Check(request) is { } refused)
        {
            await context.RespondAsync(refused);
            return;
        }

        // Held, so that a monitor sees these orders before it decides on one of its own.
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        await db.HoldOrganisationAsync(request.OrganisationId, context.CancellationToken);
        var numbers = await FindAsync(request, context.CancellationToken);
        if (numbers.Count == 0)
        {
            numbers = await OrderAsync(request, context.CancellationToken);
            await transaction.CommitAsync(context.CancellationToken);
            signal.Wake();
            LogOrdered(numbers.Count, request.Lifecycle);
        }

        await context.RespondAsync(new OrderedNumbers([.. numbers.Select(number => number.ToView())]));
    }

    private static Refused? Check(BuyNumbers request)
    {
        if (request.Lifecycle is not (NumberLifecycle.Pool or NumberLifecycle.StandbyReserved))
        {
            return RequestRules.Invalid(
                "invalid-lifecycle", "Numbers are bought as Pool or StandbyReserved.", "lifecycle");
        }

        if (request.Count is < 1 or > MaxCount)
        {
            return RequestRules.Invalid("invalid-count", $"Buy 1 to {MaxCount} numbers at once.", "count");
        }

        return request.AreaCode is { } code && !AreaCode().IsMatch(code)
            ? RequestRules.Invalid(
                "invalid-area-code", "An area code has three digits, the first from 2 to 9.", "areaCode")
            : null;
    }

    private Task<List<OwnedNumber>> FindAsync(BuyNumbers request, CancellationToken cancellationToken) =>
        db.Numbers
            .AsNoTracking()
            .Where(number => number.OrganisationId == request.OrganisationId && number.OrderId == request.RequestId)
            .OrderBy(number => number.OrderLine)
            .ToListAsync(cancellationToken);

    private async Task<List<OwnedNumber>> OrderAsync(BuyNumbers request, CancellationToken cancellationToken)
    {
        var purpose = request.Lifecycle == NumberLifecycle.Pool
            ? NumberPurpose.PoolExpansion
            : NumberPurpose.StandbyReplenishment;
        List<OwnedNumber> ordered = [];
        for (short line = 0; line < request.Count; line++)
        {
            ordered.Add(await orders.AddAsync(
                request.OrganisationId,
                request.Lifecycle,
                purpose,
                request.RequestId,
                line,
                null,
                request.AreaCode,
                cancellationToken));
        }

        await db.SaveChangesAsync(cancellationToken);
        return ordered;
    }

    [GeneratedRegex("^[2-9][0-9]{2}$")]
    private static partial Regex AreaCode();

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Count} numbers ordered as {Lifecycle}")]
    private partial void LogOrdered(int count, NumberLifecycle lifecycle);
}

internal sealed class BuyNumbersConsumerDefinition()
    : ServiceConsumerDefinition<BuyNumbersConsumer>("number-service.buy-numbers", concurrency: 4);
