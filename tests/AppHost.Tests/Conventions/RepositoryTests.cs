using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using PhoneMasking.AppHost.Local;

namespace PhoneMasking.AppHost.Tests.Conventions;

/// <summary>What no analyzer checks: rules over the files of the repository.</summary>
public sealed partial class RepositoryTests
{
    private const int MaxLines = 250;
    private const int MaxTestLines = 400;

    private static readonly string Root = Path.GetFullPath(Path.Combine(Folder(), "..", "..", ".."));
    private static readonly string[] NotText = [".png", ".jpg", ".ico", ".woff", ".woff2", ".gif", ".webp"];

    // Twilio publishes the signatures of requests with these numbers; other numbers would have other signatures.
    private static readonly string[] OfPublishedSignatures = ["14158675309", "14158675310", "18005551212"];
    private static readonly string SignatureTests = Path.Combine("tests", "Twilio.Tests", "Signatures");

    [Fact]
    public async Task TelephoneNumbers_InTrackedFiles_AreFromTheRangesForFiction()
    {
        var offenders = new List<string>();
        foreach (var file in await TrackedFilesAsync())
        {
            var text = await File.ReadAllTextAsync(Path.Combine(Root, file), TestContext.Current.CancellationToken);
            offenders.AddRange(
                NumbersIn(text).Where(number => !IsAllowed(number, file)).Select(number => $"{file}: {number}"));
        }

        Assert.True(offenders.Count == 0, string.Join('\n', offenders));
    }

    // "#" stands for a plus and "_" for a dash: numbers that must be refused may not stand in this file either.
    [Theory]
    [InlineData("call #13035550142 or (720) 555-0199", true)]
    [InlineData("From=%2B447700900123", true)]
    [InlineData("part of a range: #1303555014", true)]
    [InlineData("call #13035551142", false)]
    [InlineData("call 303_555_0200", false)]
    [InlineData("call (303) 555_0200", false)]
    [InlineData("From=#4915112345678", false)]
    public void TelephoneNumber_InText_IsAllowedOnlyFromFiction(string text, bool allowed)
    {
        var plain = text.Replace('#', '+').Replace('_', '-');

        Assert.Equal(allowed, NumbersIn(plain).All(number => IsAllowed(number, "README.md")));
    }

    [Fact]
    public async Task SourceFiles_AreShortEnoughToReadInOneGo()
    {
        var offenders = new List<string>();
        foreach (var file in (await TrackedFilesAsync()).Where(f => Path.GetExtension(f) is ".cs" or ".razor"))
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(Root, file), TestContext.Current.CancellationToken);
            var limit = file.StartsWith("tests/", StringComparison.Ordinal) ? MaxTestLines : MaxLines;
            if (lines.Length > limit)
            {
                offenders.Add($"{file}: {lines.Length} lines, {limit} are allowed");
            }
        }

        Assert.True(offenders.Count == 0, string.Join('\n', offenders));
    }

    // "dotnet format" says so, too, but takes minutes.
    [Fact]
    public async Task Usings_AreInAlphabeticalOrder_SystemFirst()
    {
        var offenders = new List<string>();
        foreach (var file in (await TrackedFilesAsync()).Where(f => Path.GetExtension(f) is ".cs"))
        {
            var text = await File.ReadAllTextAsync(Path.Combine(Root, file), TestContext.Current.CancellationToken);
            string[] usings = [.. Using().Matches(text).Select(match => match.Groups["name"].Value)];
            if (!usings.SequenceEqual(usings
                .OrderByDescending(name => name.Split('.')[0] == "System")
                .ThenBy(name => name.Replace('.', ' '), StringComparer.OrdinalIgnoreCase)))
            {
                offenders.Add(file);
            }
        }

        Assert.True(offenders.Count == 0, string.Join('\n', offenders));
    }

    [Fact]
    public async Task Run_BuildsEveryProjectOfTheProduct()
    {
        var filter = await File.ReadAllTextAsync(
            Path.Combine(Root, "PhoneMasking.Run.slnf"), TestContext.Current.CancellationToken);

        var missing = Directory.GetDirectories(Path.Combine(Root, "src"))
            .Select(folder => Path.GetFileName(folder))
            .Where(name => File.Exists(Path.Combine(Root, "src", name, $"{name}.csproj")))
            .Where(name => !filter.Contains($"{name}.csproj", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    private static bool IsAllowed(string number, string file) =>
        Fiction().IsMatch(number)
        || AllNines().IsMatch(number)
        || (OfPublishedSignatures.Contains(number[1..]) && file.StartsWith(SignatureTests, StringComparison.Ordinal));

    private static IEnumerable<string> NumbersIn(string text) =>
        International().Matches(text).Select(m => $"+{m.Groups["digits"].Value}")
            .Concat(American().Matches(text).Select(m => $"+1{NotDigit().Replace(m.Groups["number"].Value, "")}"));

    private static async Task<string[]> TrackedFilesAsync()
    {
        var (exitCode, output) = await ChildProcess.RunAsync(
            new ProcessPlan("git", "ls-files") { WorkingDirectory = Root }, TestContext.Current.CancellationToken);
        Assert.Equal(0, exitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => !NotText.Contains(Path.GetExtension(file)) && File.Exists(Path.Combine(Root, file)))
            .ToArray();
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"(?<![\w+])(\+|%2B)(?<digits>[1-9][0-9]{6,14})(?![0-9])")]
    private static partial Regex International();

    [GeneratedRegex(@"(?<![\d.\w-])\(?(?<number>[2-9][0-9]{2}\)?[-. ]{1,2}[2-9][0-9]{2}[-. ][0-9]{4})(?![\d-])")]
    private static partial Regex American();

    // NANP 555-0100 to 555-0199 in any area; Ofcom 07700 900000 to 900999. The beginning of a range counts, too.
    [GeneratedRegex(@"^(\+1[2-9][0-9]{2}55501[0-9]{0,2}|\+447700900[0-9]{0,3})$")]
    private static partial Regex Fiction();

    [GeneratedRegex(@"^\+9+$")]
    private static partial Regex AllNines();

    // Not "using static" and no alias: they come behind.
    [GeneratedRegex(@"^using (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\D")]
    private static partial Regex NotDigit();
}
