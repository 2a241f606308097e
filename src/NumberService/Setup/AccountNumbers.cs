using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Persistence;
using PhoneMasking.Twilio;
using PhoneMasking.Twilio.Numbers;

namespace PhoneMasking.NumberService.Setup;

/// <summary>Holds the account's numbers and the inventory against each other.</summary>
internal sealed class AccountNumbers(ITwilioApi twilio, TwilioAccount account, IServiceScopeFactory scopes)
{
    /// <summary>Reads both. Numbers that are just being bought or given back belong to the inventory, too.</summary>
    /// <exception cref="TwilioApiException">Twilio gave no usable answer.</exception>
    public async Task<AccountComparison> CompareAsync(CancellationToken cancellationToken)
    {
        // The inventory first: a number that is bought in between is its candidate already.
        var (numbers, known) = await ReadInventoryAsync(cancellationToken);
        var owned = await ListAsync(cancellationToken);
        return new AccountComparison(owned, numbers, [.. owned.Where(number => !known.Contains(number.PhoneNumber))]);
    }

    /// <summary>What the account owns.</summary>
    /// <exception cref="TwilioApiException">Twilio gave no usable answer.</exception>
    public async Task<IReadOnlyList<IncomingNumber>> ListAsync(CancellationToken cancellationToken) =>
        await twilio.ListNumbersAsync(account, null, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Takes numbers over that the account owns; they are attached and verified.</summary>
    public async Task<NumbersImported> ImportAsync(
        OrganisationId organisation,
        IReadOnlyList<IncomingNumber> numbers,
        NumberLifecycle lifecycle,
        CancellationToken cancellationToken)
    {
        var entries = numbers
            .Select((number, line) => E164Number.TryParse(number.PhoneNumber, out var parsed)
                ? new NumberListEntry(parsed, lifecycle, line + 1)
                : null)
            .OfType<NumberListEntry>()
            .ToArray();
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NumberImport>().ImportAsync(
            organisation,
            new NumberList(entries, 0, []),
            numbers.ToDictionary(number => number.PhoneNumber, number => number.Sid, StringComparer.Ordinal),
            cancellationToken);
    }

    private async Task<(List<OwnedNumber> Numbers, HashSet<string> Known)> ReadInventoryAsync(
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NumberDbContext>();
        var all = await db.Numbers
            .AsNoTracking()
            .Where(number => number.Stage != NumberStage.Retired || number.NextStepAt != null)
            .OrderBy(number => number.Id)
            .ToListAsync(cancellationToken);
        var known = all
            .SelectMany(number => new[] { number.Number, number.Candidate })
            .OfType<E164Number>()
            .Select(number => number.Reveal())
            .ToHashSet(StringComparer.Ordinal);
        return ([.. all.Where(number => number.Stage != NumberStage.Retired)], known);
    }
}

/// <summary>The account's numbers beside the inventory.</summary>
/// <param name="Owned">What the account owns.</param>
/// <param name="Inventory">Numbers and orders of all organisations that are not given back.</param>
/// <param name="Unknown">Those of <paramref name="Owned"/> that the inventory does not know.</param>
internal sealed record AccountComparison(
    IReadOnlyList<IncomingNumber> Owned,
    IReadOnlyList<OwnedNumber> Inventory,
    IReadOnlyList<IncomingNumber> Unknown);
