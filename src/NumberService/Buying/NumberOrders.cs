using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Buying;

/// <summary>Writes down that a number is to be bought. The buying itself follows, however often this process ends.</summary>
internal sealed class NumberOrders(NumberDbContext db, TimeProvider clock)
{
    /// <summary>
    /// Adds one order to the transaction under way, once for each request and line; saved and committed by the caller.
    /// </summary>
    /// <param name="organisation">The owner.</param>
    /// <param name="lifecycle">What the number is for.</param>
    /// <param name="purpose">Why it is bought.</param>
    /// <param name="orderId">The request that orders it.</param>
    /// <param name="line">Counts the numbers of that request from 0.</param>
    /// <param name="sitter">The sitter who waits for it, exactly when <see cref="NumberLifecycle.ReservedActive"/>.</param>
    /// <param name="areaCode">The area code asked for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The order, or the one that this request and line made before.</returns>
    public async Task<OwnedNumber> AddAsync(
        OrganisationId organisation,
        NumberLifecycle lifecycle,
        NumberPurpose purpose,
        Guid orderId,
        short line,
        SitterId? sitter,
        string? areaCode,
        CancellationToken cancellationToken)
    {
        var before = await db.Numbers.SingleOrDefaultAsync(
            number => number.OrganisationId == organisation && number.OrderId == orderId && number.OrderLine == line,
            cancellationToken);
        if (before is not null)
        {
            return before;
        }

        var now = clock.GetStorableNow();
        var order = new OwnedNumber
        {
            Id = NumberId.New(now),
            OrganisationId = organisation,
            Lifecycle = lifecycle,
            Stage = NumberStage.Intended,
            Purpose = purpose,
            OrderId = orderId,
            OrderLine = line,
            AreaCode = areaCode,
            VerificationStatus = VerificationStatus.NotSent,
            SitterId = sitter,
            Tries = 0,
            NextStepAt = now,
            Version = 1,
            CreatedAt = now,
            ChangedAt = now,
        };
        db.Numbers.Add(order);
        db.Outbox.Add(OutboxMessage.Of(new NumberOrdered(organisation, order.Id, purpose, sitter, now), now));
        return order;
    }
}
