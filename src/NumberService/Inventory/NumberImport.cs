using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>
/// Takes over numbers that the account already owns: they are Ready at once. What exists is skipped, so a repeat changes
/// nothing.
/// </summary>
internal sealed class NumberImport(NumberDbContext db, TimeProvider clock)
{
    /// <summary>Adds the list's numbers to the inventory.</summary>
    /// <param name="organisation">The owner.</param>
    /// <param name="list">What was read.</param>
    /// <param name="cancellationToken">Ends the work; then nothing was added.</param>
    public async Task<NumbersImported> ImportAsync(
        OrganisationId organisation,
        NumberList list,
        CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.OpenInventoryAsync(cancellationToken);

        var phones = await FindPhonesAsync(list, cancellationToken);
        var wanted = list.Entries.Where(entry => !phones.Contains(entry.Number.Reveal())).ToArray();
        var added = await InsertAsync(organisation, wanted, now, cancellationToken);
        db.Outbox.AddRange(added.Select(number => OutboxMessage.Of(number.ToEvent(now)!, now)));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var refused = list.Entries
            .Where(entry => phones.Contains(entry.Number.Reveal()))
            .Select(entry => new ImportError(entry.Line, "This is a sitter's own phone, not a number of the account."));
        return new NumbersImported(
            added.Count,
            wanted.Length - added.Count + list.Repeats,
            [.. list.Errors.Concat(refused).OrderBy(error => error.Line)]);
    }

    private async Task<HashSet<string>> FindPhonesAsync(NumberList list, CancellationToken cancellationToken)
    {
        var numbers = list.Entries.Select(entry => entry.Number.Reveal()).ToArray();
        var phones = await db.Database
            .SqlQuery<string>($"SELECT real_number FROM numbers.sitters WHERE active AND real_number = ANY({numbers})")
            .ToListAsync(cancellationToken);
        return [.. phones];
    }

    private async Task<List<OwnedNumber>> InsertAsync(
        OrganisationId organisation,
        NumberListEntry[] entries,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var ids = entries.Select(_ => NumberId.New(now).Value).ToArray();
        var numbers = entries.Select(entry => entry.Number.Reveal()).ToArray();
        var lifecycles = entries.Select(entry => entry.Lifecycle.ToString()).ToArray();
        return await db.Numbers
            .FromSql($"""
                INSERT INTO numbers.numbers (
                    id, organisation_id, number, lifecycle, stage, verification_status, tries, version, created_at, changed_at)
                SELECT id, {organisation.Value}, number, lifecycle, 'Ready', 'NotSent', 0, 1, {now}, {now}
                FROM unnest({ids}, {numbers}, {lifecycles}) AS given (id, number, lifecycle)
                ON CONFLICT (number) WHERE stage <> 'Retired' DO NOTHING
                RETURNING *
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
    }
}
