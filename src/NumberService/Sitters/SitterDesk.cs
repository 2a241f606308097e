using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.NumberService.Sitters;

/// <summary>Adds, changes and removes sitters.</summary>
internal sealed class SitterDesk(NumberDbContext db, ReservedNumbers reserved, NumberingRegion region, TimeProvider clock)
{
    /// <summary>
    /// Adds a sitter, who gets a standby number (path A), or one that is ordered (path B). A repeat returns the same
    /// sitter; somebody removed with the same phone comes back as who they were.
    /// </summary>
    public async Task<SitterOutcome> AddAsync(AddSitter request, CancellationToken cancellationToken)
    {
        if ((RequestRules.Name(request.Name) ?? RequestRules.Email(request.Email)) is { } wrong)
        {
            return new SitterOutcome.No(wrong);
        }

        if (!region.TryRead(request.Phone, out var phone))
        {
            return new SitterOutcome.No(Refusals.InvalidPhone(region));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldInventoryAsync(cancellationToken);
        await db.HoldOrganisationAsync(request.OrganisationId, cancellationToken);
        if (await FindByRequestAsync(request, cancellationToken) is { } before)
        {
            return new SitterOutcome.Done(before.ToView());
        }

        if (await CheckPhoneAsync(request.OrganisationId, phone, cancellationToken) is { } refused)
        {
            return new SitterOutcome.No(refused);
        }

        var now = clock.GetStorableNow();
        var sitter = await FindFormerAsync(request.OrganisationId, phone, cancellationToken) is { } former
            ? ComeBack(former, request)
            : Make(request, phone, now);
        await reserved.ProvideAsync(sitter, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SitterOutcome.Done(sitter.ToView());
    }

    /// <summary>Changes what is given. A repeat changes nothing.</summary>
    public async Task<SitterOutcome> ChangeAsync(ChangeSitter request, CancellationToken cancellationToken)
    {
        var wrong = (request.Name is null ? null : RequestRules.Name(request.Name)) ?? RequestRules.Email(request.Email);
        if (wrong is not null)
        {
            return new SitterOutcome.No(wrong);
        }

        E164Number? phone = null;
        if (request.Phone is not null)
        {
            if (!region.TryRead(request.Phone, out var read))
            {
                return new SitterOutcome.No(Refusals.InvalidPhone(region));
            }

            phone = read;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldInventoryAsync(cancellationToken);
        await db.HoldOrganisationAsync(request.OrganisationId, cancellationToken);
        var sitter = await LockAsync(request.OrganisationId, request.SitterId, cancellationToken);
        if (sitter is not { Active: true })
        {
            return new SitterOutcome.No(sitter is null ? Refusals.UnknownSitter() : Refusals.RemovedSitter());
        }

        if (phone is { } given
            && given != sitter.RealNumber
            && await CheckPhoneAsync(request.OrganisationId, given, cancellationToken) is { } refused)
        {
            return new SitterOutcome.No(refused);
        }

        var before = (sitter.Name, sitter.Email, sitter.RealNumber);
        sitter.Name = request.Name?.Trim() ?? sitter.Name;
        sitter.Email = request.Email is null ? sitter.Email : EmailOf(request.Email);
        sitter.RealNumber = phone ?? sitter.RealNumber;
        if (before != (sitter.Name, sitter.Email, sitter.RealNumber))
        {
            sitter.Version++;
            var now = clock.GetStorableNow();
            db.Outbox.Add(OutboxMessage.Of(sitter.ToEvent(now), now));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return new SitterOutcome.Done(sitter.ToView());
    }

    /// <summary>Removes a sitter, whose number becomes standby (path C). A repeat changes nothing.</summary>
    public async Task<SitterOutcome> RemoveAsync(RemoveSitter request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldOrganisationAsync(request.OrganisationId, cancellationToken);
        var sitter = await LockAsync(request.OrganisationId, request.SitterId, cancellationToken);
        if (sitter is null)
        {
            return new SitterOutcome.No(Refusals.UnknownSitter());
        }

        if (sitter.Active)
        {
            var now = clock.GetStorableNow();
            var number = sitter.Reserved;
            sitter.Active = false;
            sitter.Version++;
            if (number is not null)
            {
                reserved.TakeBack(sitter, number, now);
            }

            db.Outbox.Add(OutboxMessage.Of(sitter.ToEvent(now), now));
            db.Outbox.Add(OutboxMessage.Of(
                new SitterRemoved(sitter.OrganisationId, sitter.Id, sitter.Name, number?.Id, number?.Number, now), now));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return new SitterOutcome.Done(sitter.ToView());
    }

    /// <summary>
    /// Reads a sitter with the Reserved number, both locked until the transaction ends: the number first, as those do who
    /// set it up. The organisation must be held.
    /// </summary>
    public async Task<Sitter?> LockAsync(OrganisationId organisation, SitterId id, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"SELECT FROM numbers.numbers WHERE sitter_id = {id.Value} FOR UPDATE", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"SELECT FROM numbers.sitters WHERE id = {id.Value} FOR UPDATE", cancellationToken);
        return await db.Sitters
            .Include(sitter => sitter.Reserved)
            .SingleOrDefaultAsync(
                sitter => sitter.Id == id && sitter.OrganisationId == organisation, cancellationToken);
    }

    private static string? EmailOf(string? given) => string.IsNullOrEmpty(given) ? null : given;

    private Sitter Make(AddSitter request, E164Number phone, DateTimeOffset now)
    {
        var sitter = new Sitter
        {
            Id = SitterId.New(now),
            OrganisationId = request.OrganisationId,
            RequestId = request.RequestId,
            Name = request.Name.Trim(),
            Email = EmailOf(request.Email),
            RealNumber = phone,
            Active = true,
            Version = 1,
            CreatedAt = now,
        };
        db.Sitters.Add(sitter);
        return sitter;
    }

    // The same id again: the threads on this phone keep their clients.
    private static Sitter ComeBack(Sitter former, AddSitter request)
    {
        former.RequestId = request.RequestId;
        former.Name = request.Name.Trim();
        former.Email = EmailOf(request.Email);
        former.Active = true;
        former.Version++;
        return former;
    }

    private async Task<Refused?> CheckPhoneAsync(
        OrganisationId organisation,
        E164Number phone,
        CancellationToken cancellationToken)
    {
        if (await db.Numbers.AnyAsync(
            number => number.Number == phone && number.Stage != NumberStage.Retired, cancellationToken))
        {
            return Refusals.OwnNumber();
        }

        return await db.Sitters.AnyAsync(
            sitter => sitter.OrganisationId == organisation && sitter.RealNumber == phone && sitter.Active,
            cancellationToken)
            ? Refusals.PhoneTaken()
            : null;
    }

    private Task<Sitter?> FindFormerAsync(
        OrganisationId organisation,
        E164Number phone,
        CancellationToken cancellationToken) =>
        db.Sitters
            .Where(sitter => sitter.OrganisationId == organisation && sitter.RealNumber == phone && !sitter.Active)
            .OrderByDescending(sitter => sitter.Id)
            .FirstOrDefaultAsync(cancellationToken);

    private Task<Sitter?> FindByRequestAsync(AddSitter request, CancellationToken cancellationToken) =>
        db.Sitters
            .AsNoTracking()
            .Include(sitter => sitter.Reserved)
            .SingleOrDefaultAsync(
                sitter => sitter.OrganisationId == request.OrganisationId && sitter.RequestId == request.RequestId,
                cancellationToken);
}
