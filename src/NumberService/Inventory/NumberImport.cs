using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.NumberService.Provisioning;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>
/// Takes over numbers that the account already owns: they are Ready at once, or attached and verified first. What exists is
/// skipped, so a repeat changes nothing.
/// </summary>
internal sealed class NumberImport(NumberDbContext db, ProvisioningSignal signal, TimeProvider clock)
{
    /// <summary>Adds the list's numbers to the inventory, Ready.</summary>
    /// <param name="organisation">The owner.</param>
    /// <param name="list">What was read.</param>
    /// <param name="cancellationToken">Ends the work; then nothing was added.</param>
    public Task<NumbersImported> ImportAsync(
        OrganisationId organisation,
        NumberList list,
        CancellationToken cancellationToken) => ImportAsync(organisation, list, null, cancellationToken);

    /// <summary>Adds the list's numbers to the inventory.</summary>
    /// <param name="organisation">The owner.</param>
    /// <param name="list">What was read.</param>
    /// <param name="owned">
    /// The account's numbers with their ids at Twilio: others are refused, and these are attached and verified. None: taken over
    /// as they are.
    /// </param>
    /// <param name="cancellationToken">Ends the work; then nothing was added.</param>
    public async Task<NumbersImported> ImportAsync(
        OrganisationId organisation,
        NumberList list,
        IReadOnlyDictionary<string, string>? owned,
        CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.OpenInventoryAsync(cancellationToken);

        var refused = await RefuseAsync(list, owned, cancellationToken);
        var wanted = list.Entries.Where(entry => !refused.ContainsKey(entry.Number)).ToArray();
        var added = await InsertAsync(organisation, wanted, owned, now, cancellationToken);
        db.Outbox.AddRange(added.Select(number => OutboxMessage.Of(number.ToEvent(now)!, now)));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        signal.Wake();
        return new NumbersImported(
            added.Count,
            wanted.Length - added.Count + list.Repeats,
            [.. list.Errors.Concat(refused.Values).OrderBy(error => error.Line)]);
    }

    private async Task<Dictionary<E164Number, ImportError>> RefuseAsync(
        NumberList list,
        IReadOnlyDictionary<string, string>? owned,
        CancellationToken cancellationToken)
    {
        var numbers = list.Entries.Select(entry => entry.Number.Reveal()).ToArray();
        var phones = await db.Database
            .SqlQuery<string>($"SELECT real_number FROM numbers.sitters WHERE active AND real_number = ANY({numbers})")
            .ToListAsync(cancellationToken);
        var releasing = await db.Database
            .SqlQuery<string>($"""
                SELECT number FROM numbers.numbers
                WHERE stage = 'Retired' AND next_step_at IS NOT NULL AND number = ANY({numbers})
                """)
            .ToListAsync(cancellationToken);
        var known = await db.Database
            .SqlQuery<string>($"SELECT number FROM numbers.numbers WHERE stage <> 'Retired' AND number = ANY({numbers})")
            .ToListAsync(cancellationToken);
        var errors = new Dictionary<E164Number, ImportError>();
        foreach (var (number, _, line, onlyKnown) in list.Entries)
        {
            var wrong = number.Reveal() switch
            {
                var other when onlyKnown is not null && !known.Contains(other) => onlyKnown,
                var phone when phones.Contains(phone) => "This is a sitter's own phone, not a number of the account.",
                var leaving when releasing.Contains(leaving) =>
                    "This number is being given back to Twilio; buy it again once that is done.",
                var other when owned?.ContainsKey(other) == false =>
                    "The account at Twilio does not own this number: correct it, or buy a number.",
                _ => null,
            };
            if (wrong is not null)
            {
                errors[number] = new ImportError(line, wrong);
            }
        }

        return errors;
    }

    private async Task<List<OwnedNumber>> InsertAsync(
        OrganisationId organisation,
        NumberListEntry[] entries,
        IReadOnlyDictionary<string, string>? owned,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var ids = entries.Select(_ => NumberId.New(now).Value).ToArray();
        var numbers = entries.Select(entry => entry.Number.Reveal()).ToArray();
        var lifecycles = entries.Select(entry => entry.Lifecycle.ToString()).ToArray();
        var sids = numbers.Select(number => owned?[number]).ToArray();
        var stage = (owned is null ? NumberStage.Ready : NumberStage.Bought).ToString();
        DateTimeOffset? next = owned is null ? null : now;
        return await db.Numbers
            .FromSql($"""
                INSERT INTO numbers.numbers (
                    id, organisation_id, number, lifecycle, stage, twilio_sid, verification_status, tries, next_step_at,
                    version, created_at, changed_at)
                SELECT id, {organisation.Value}, number, lifecycle, {stage}, sid, 'NotSent', 0, {next}::timestamptz, 1, {now}, {now}
                FROM unnest({ids}, {numbers}, {lifecycles}, {sids}) AS given (id, number, lifecycle, sid)
                ON CONFLICT (number) WHERE stage <> 'Retired' DO NOTHING
                RETURNING *
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
    }
}
