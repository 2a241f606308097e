using PhoneMasking.ServiceDefaults.CommandLine;

namespace PhoneMasking.SyncService.Airtable;

/// <summary>Brings the base to what it is to be, as far as Airtable's API can, and says what is left.</summary>
internal sealed class AirtableRun(BaseMaker maker)
{
    /// <summary>Shows how the base stands; changes nothing.</summary>
    public async Task<AirtableEnd> ShowAsync(OwnerConsole console, CancellationToken cancellationToken)
    {
        var findings = await LookAsync(console, cancellationToken);
        var missing = BaseReport.Missing(findings);
        var end = BaseReport.Left(findings, console);
        console.Heading(missing is null
            ? "This was a dry run: there is nothing that it would make."
            : $"This was a dry run: it would make {missing}.");
        return end;
    }

    /// <summary>Makes what is missing, once it is agreed to.</summary>
    public async Task<AirtableEnd> RunAsync(bool isAgreed, OwnerConsole console, CancellationToken cancellationToken)
    {
        var findings = await LookAsync(console, cancellationToken);
        if (BaseReport.Missing(findings) is { } missing)
        {
            if (!isAgreed)
            {
                await AskAsync(missing, console, cancellationToken);
            }

            console.Heading("Making what is missing");
            await maker.MakeAsync(console, cancellationToken);
            findings = (await maker.LookAsync(cancellationToken)).Compare();
        }

        var end = BaseReport.Left(findings, console);
        console.Heading(end switch
        {
            AirtableEnd.Complete => "The base has everything.",
            AirtableEnd.Waits => "All that Airtable's API can make is there. Do the rest by hand, then run this again.",
            _ => "Settle what differs by hand, then run this again. Nothing of it was changed.",
        });
        return end;
    }

    private async Task<IReadOnlyList<TableFinding>> LookAsync(OwnerConsole console, CancellationToken cancellationToken)
    {
        console.Heading("Base");
        var findings = (await maker.LookAsync(cancellationToken)).Compare();
        BaseReport.Tables(findings, console);
        return findings;
    }

    private static async Task AskAsync(string missing, OwnerConsole console, CancellationToken cancellationToken)
    {
        if (!console.IsTerminal)
        {
            throw new AirtableStoppedException(
                AirtableEnd.WrongUsage, $"Add --yes to make {missing} without being asked. Nothing was changed.");
        }

        if (!await console.ConfirmAsync(
            $"Make {missing}? Airtable's API cannot take tables and fields away again.", cancellationToken))
        {
            throw new AirtableStoppedException(AirtableEnd.Waits, "Nothing was changed.");
        }
    }
}
