using Microsoft.Extensions.Options;
using PhoneMasking.Airtable;
using PhoneMasking.Airtable.Schema;
using PhoneMasking.ServiceDefaults.CommandLine;

namespace PhoneMasking.SyncService.Airtable;

/// <summary>
/// Makes what a base lacks: tables with their plain fields, then plain fields of tables that were there, then links, which
/// need both tables. Each step is looked for first, so that it may end anywhere and begin again.
/// </summary>
internal sealed class BaseMaker(IAirtableApi airtable, AirtableBase at, IOptions<AirtableSettings> options)
{
    // A step whose answer was lost is found, or made, by the next look.
    private const int MostLooks = 3;

    /// <summary>Reads the base.</summary>
    /// <exception cref="AirtableApiException">It could not be read.</exception>
    public async Task<BaseComparison> LookAsync(CancellationToken cancellationToken) =>
        new(await airtable.ListTablesAsync(at, cancellationToken), options.Value);

    /// <summary>Makes everything that is missing.</summary>
    /// <exception cref="AirtableApiException">Airtable refused, or did not answer again and again.</exception>
    public async Task MakeAsync(OwnerConsole console, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            try
            {
                await MakeOnceAsync(console, cancellationToken);
                return;
            }
            catch (AirtableApiException failure) when (look < MostLooks && MayBeMade(failure))
            {
                console.Warning("Airtable did not say whether that was done. Looking again.");
            }
        }
    }

    private static bool MayBeMade(AirtableApiException failure) =>
        failure.IsOutcomeUnknown || failure.Error?.Type is "DUPLICATE_TABLE_NAME" or "DUPLICATE_OR_EMPTY_FIELD_NAME";

    private async Task MakeOnceAsync(OwnerConsole console, CancellationToken cancellationToken)
    {
        var findings = (await LookAsync(cancellationToken)).Compare();
        foreach (var finding in findings)
        {
            await MakePlainAsync(finding, console, cancellationToken);
        }

        var links = findings.SelectMany(finding => finding.With(Standing.Missing)
            .Where(field => field.Wanted.Link is { IsMade: true })
            .Select(field => (finding.Wanted, Field: field.Wanted)));
        foreach (var (table, field) in links)
        {
            await LinkAsync(table, field, console, cancellationToken);
        }
    }

    private async Task MakePlainAsync(TableFinding finding, OwnerConsole console, CancellationToken cancellationToken)
    {
        var plain = finding.With(Standing.Missing)
            .Where(field => field.Wanted.IsPlain)
            .Select(field => new NewField(field.Wanted.Name, field.Wanted.Type, field.Wanted.Options))
            .ToList();
        if (finding.There is not { } table)
        {
            await airtable.CreateTableAsync(at, new NewTable(finding.Name, finding.Wanted.Description, plain), cancellationToken);
            console.Good($"Table {finding.Name} with {plain.Count} fields");
            return;
        }

        foreach (var field in plain)
        {
            await airtable.CreateFieldAsync(at, table.Id, field, cancellationToken);
            console.Good($"Field {finding.Name} / {field.Name}");
        }
    }

    private async Task LinkAsync(
        WantedTable table, WantedField field, OwnerConsole console, CancellationToken cancellationToken)
    {
        var link = field.Link!;
        var before = await LookAsync(cancellationToken);
        if (before.Find(table.Name) is not { } from || before.Find(link.Table) is not { } to)
        {
            return;
        }

        var options = new FieldOptions { LinkedTableId = to.Id };
        var made = await airtable.CreateFieldAsync(
            at, from.Id, new NewField(field.Name, field.Type, options), cancellationToken);

        // How Airtable names the other side by itself is not promised.
        var other = (await LookAsync(cancellationToken)).Find(link.Table)?.Fields
            .FirstOrDefault(side => side.Options?.InverseLinkFieldId == made.Id);
        if (other is not null && other.Name != link.OtherSide)
        {
            await airtable.RenameFieldAsync(at, to.Id, other.Id, link.OtherSide, cancellationToken);
        }

        console.Good($"Link {from.Name} / {field.Name}, and back {to.Name} / {link.OtherSide}");
    }
}
