using PhoneMasking.ServiceDefaults.CommandLine;

namespace PhoneMasking.SyncService.Airtable;

/// <summary>Tells the owner how the base stands.</summary>
internal static class BaseReport
{
    /// <summary>Each table, with the counts of its fields.</summary>
    public static void Tables(IReadOnlyList<TableFinding> findings, OwnerConsole console) => console.Table(
        ["Table", "Is", "Fields", "There", "Missing", "By hand", "Differ"],
        findings.Select(finding => (IReadOnlyList<string>)
        [
            finding.Name,
            finding switch { { There: null } => "missing", { Trouble: not null } => "differs", _ => "there" },
            $"{finding.Fields.Count}",
            .. new[] { Standing.There, Standing.Missing, Standing.ByHand, Standing.Differs }
                .Select(standing => $"{finding.With(standing).Count()}"),
        ]));

    /// <summary>What can be made, in words; null when that is nothing.</summary>
    public static string? Missing(IReadOnlyList<TableFinding> findings)
    {
        var tables = findings.Count(finding => finding.There is null);
        var fields = findings.Sum(finding => finding.With(Standing.Missing).Count());
        return (tables, fields) switch
        {
            (0, 0) => null,
            (0, _) => Count(fields, "field"),
            _ => $"{Count(tables, "table")} and {Count(fields, "field")}",
        };
    }

    /// <summary>What differs, is missing yet, or is for people to do.</summary>
    /// <returns>How it stands as a whole.</returns>
    public static AirtableEnd Left(IReadOnlyList<TableFinding> findings, OwnerConsole console)
    {
        var differs = findings.Where(finding => finding.Trouble is not null)
            .Select(finding => $"{finding.Name}: {finding.Trouble}")
            .Concat(Lines(findings, Standing.Differs))
            .ToList();
        var missing = findings.Where(finding => finding.There is not null)
            .SelectMany(finding => finding.With(Standing.Missing).Select(field => $"{finding.Name} / {field.Wanted.Name}"))
            .ToList();
        var byHand = Lines(findings, Standing.ByHand).ToList();
        Show("Differs; it is never changed by this command", differs, console.Bad, console);
        Show("Missing in tables that are there", missing, console.Line, console);
        Show("To be made by hand: Airtable's API cannot", byHand, console.Warning, console);
        return differs.Count > 0 ? AirtableEnd.Failed
            : Missing(findings) is not null || byHand.Count > 0 ? AirtableEnd.Waits
            : AirtableEnd.Complete;
    }

    private static IEnumerable<string> Lines(IReadOnlyList<TableFinding> findings, Standing standing) =>
        findings.SelectMany(finding => finding.With(standing)
            .Select(field => $"{finding.Name} / {field.Wanted.Name}: {field.Why}"));

    private static void Show(string heading, List<string> lines, Action<string> show, OwnerConsole console)
    {
        if (lines.Count == 0)
        {
            return;
        }

        console.Heading(heading);
        lines.ForEach(show);
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
