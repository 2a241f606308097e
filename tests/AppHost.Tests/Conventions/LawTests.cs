using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PhoneMasking.AppHost.Tests.Conventions;

/// <summary>Laws of docs/architecture.md that only the text of the sources can break: what a service owns, and what must not leak.</summary>
public sealed partial class LawTests
{
    private static readonly string Sources = Path.GetFullPath(Path.Combine(Folder(), "..", "..", "..", "src"));

    // Every other project owns none, and names none.
    private static readonly Dictionary<string, string> Schemas = new()
    {
        ["AlertService"] = "alerts",
        ["NumberService"] = "numbers",
        ["ProxyGateway"] = "gateway",
        ["SyncService"] = "sync",
    };

    private static readonly string[] MayBeReferenced = ["Airtable", "Contracts", "ServiceDefaults", "Twilio"];

    [Fact]
    public void Service_InItsSql_NamesNoSchemaOfAnother()
    {
        Assert.All(Schemas, one => Assert.NotEmpty(FilesOf(one.Key).SelectMany(file => SchemasIn(File.ReadAllText(file)))));

        Assert.Empty(Projects().SelectMany(project => FilesOf(project).SelectMany(file => SchemasIn(File.ReadAllText(file))
            .Where(schema => Schemas.GetValueOrDefault(project) != schema)
            .Select(schema => $"{Path.GetRelativePath(Sources, file)} names the schema {schema}"))));
    }

    [Theory]
    [InlineData("SELECT * FROM gateway.outbound", "gateway")]
    [InlineData("FROM\n                numbers.numbers AS number", "numbers")]
    [InlineData("left join \"alerts\".\"audit\" ON true", "alerts")]
    [InlineData("INSERT INTO sync.clients (id)", "sync")]
    [InlineData("UPDATE gateway.inbound SET state = 1", "gateway")]
    [InlineData("SELECT gateway.next_number(1)", "gateway")]
    [InlineData("builder.ToTable(\"sitters\", \"numbers\")", "numbers")]
    [InlineData("modelBuilder.HasDefaultSchema(\"sync\")", "sync")]
    [InlineData("SET search_path TO public, alerts", "alerts")]
    [InlineData("WHERE numbers.version < excluded.version", null)]
    [InlineData("ON numbers.sitter_id = sitters.id", null)]
    [InlineData("var free = numbers.Where(number => number.IsFree)", null)]
    [InlineData("from gateway in gateways select gateway.Address", null)]
    [InlineData("\"phonemasking.numbers.pool\"", null)]
    [InlineData("return File(text, \"numbers.csv\")", null)]
    [InlineData("hashtext('numbers.budget')", null)]
    public void Text_IsSqlThatNamesASchema_OnlyWhenItIs(string text, string? schema) =>
        Assert.Equal(schema is null ? [] : [schema], SchemasIn(text));

    [Fact]
    public void Service_ReferencesNoOther()
    {
        var references =
            from project in Projects()
            from reference in ProjectReference().Matches(File.ReadAllText(Path.Combine(Sources, project, $"{project}.csproj")))
            select (project, referenced: reference.Groups["name"].Value);

        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, reference => !MayBeReferenced.Contains(reference.referenced));
    }

    [Fact]
    public void Service_IsNotToldWhereAnotherIs() =>
        Assert.Equal(
            ["database", "rabbitmq", "simulator"],
            AppHostReference().Matches(File.ReadAllText(Path.Combine(Sources, "AppHost", "AppHost.cs")))
                .Select(reference => reference.Groups["name"].Value)
                .Distinct()
                .Order(StringComparer.Ordinal));

    [Fact]
    public void RealNumber_IsNotRevealedToALogATraceOrAnException() =>
        Assert.Empty(Projects().SelectMany(project => FilesOf(project).SelectMany(file => Revelations(File.ReadAllText(file))
            .Select(what => $"{Path.GetRelativePath(Sources, file)}: {what}"))));

    [Theory]
    [InlineData("LogSent(id, to.Reveal());", 1)]
    [InlineData("logger.LogWarning(\"{To}\",\n    to.Reveal());", 1)]
    [InlineData("activity?.SetTag(\"to\", text.To.Reveal());", 1)]
    [InlineData("throw new InvalidOperationException($\"No {to.Reveal()}\");", 1)]
    [InlineData("LogSent(id); return to.Reveal();", 0)]
    [InlineData("new SendRequest(from.Reveal(), to.Reveal(), body);", 0)]
    public void Revelation_IsFound_OnlyWhereItLeaks(string text, int expected) => Assert.Equal(expected, Revelations(text).Count());

    private static IEnumerable<string> Projects() =>
        Directory.GetDirectories(Sources)
            .Select(folder => Path.GetFileName(folder))
            .Where(name => File.Exists(Path.Combine(Sources, name, $"{name}.csproj")))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> FilesOf(string project) =>
        Directory.EnumerateFiles(Path.Combine(Sources, project), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".sql");

    private static IEnumerable<string> SchemasIn(string text) =>
        NamedSchema().Matches(text).Select(match => match.Groups["schema"].Value).Distinct();

    private static IEnumerable<string> Revelations(string text) =>
        Revelation().Matches(text).Select(match => match.Value.ReplaceLineEndings(" "));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    // A table after the word that comes before one, a function that is called (C#'s begin with a capital), EF Core's model, and
    // the search path. Not "ON numbers.id", which is a table's own name, nor the names of metrics, locks and files.
    [GeneratedRegex(
        """
        (?i:\b(?:FROM|JOIN|INTO|UPDATE|TABLE|ONLY|USING|REFERENCES|EXISTS|TRUNCATE|LOCK|COPY|VIEW|SEQUENCE|FUNCTION|PROCEDURE)\s+)
        "?(?<schema>alerts|gateway|numbers|sync)"?\."?[a-z_]+
        |(?<![\w."'])"?(?<schema>alerts|gateway|numbers|sync)"?\.[a-z_]+\(
        |\bToTable\([^;]*?,\s*"(?<schema>alerts|gateway|numbers|sync)"
        |\bHasDefaultSchema\("(?<schema>alerts|gateway|numbers|sync)"
        |\bsearch_path\b[^;]*?\b(?<schema>alerts|gateway|numbers|sync)\b
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NamedSchema();

    [GeneratedRegex("""<ProjectReference Include="[^"]*/(?<name>\w+)\.csproj""")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"\.WithReference\((?<name>\w+)\)")]
    private static partial Regex AppHostReference();

    [GeneratedRegex(@"(\bLog\w*|\bSetTag|\bAddTag|\bAddEvent|\bnew \w*Exception)\([^;]*?\bReveal\(\)")]
    private static partial Regex Revelation();
}
