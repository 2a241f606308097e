using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Failures;
using PhoneMasking.AlertService.Failures.Classifying;
using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Tests.Failures;

public sealed class ErrorCodesTests
{
    [Fact]
    public async Task Table_AgainstTheListItWasTakenFrom_IsTheSame()
    {
        var list = Path.GetFullPath(Path.Combine(Folder(), "..", "..", "..", "..", "shared", "data", "twilio-error-codes.csv"));
        Assert.SkipUnless(File.Exists(list), "The list of codes that the product was specified with is not on this machine.");

        var expected = (await File.ReadAllLinesAsync(list, TestContext.Current.CancellationToken)).Skip(1);

        Assert.Equal(
            expected.Where(line => line.Length > 0).Order(StringComparer.Ordinal),
            ErrorCodes.All.Values.Select(LineOf).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(30002, FailureClass.Temporary, FailureClass.Systemic)]
    [InlineData(30003, FailureClass.Temporary, FailureClass.Temporary)]
    [InlineData(30004, FailureClass.Temporary, FailureClass.Permanent)]
    [InlineData(30005, FailureClass.Temporary, FailureClass.Permanent)]
    [InlineData(30007, FailureClass.Permanent, FailureClass.Permanent)]
    [InlineData(30033, FailureClass.Systemic, FailureClass.Systemic)]
    [InlineData(20503, FailureClass.Temporary, FailureClass.Temporary)]
    [InlineData(20500, FailureClass.Temporary, FailureClass.Temporary)]
    [InlineData(503, FailureClass.Temporary, FailureClass.Temporary)]
    [InlineData(21610, FailureClass.OptedOut, FailureClass.OptedOut)]
    [InlineData(30025, FailureClass.Warning, FailureClass.Warning)]
    [InlineData(99999, FailureClass.Permanent, FailureClass.Permanent)]
    [InlineData(null, FailureClass.Permanent, FailureClass.Permanent)]
    public void Code_InEachTable_HasItsClass(int? code, FailureClass required, FailureClass recommended)
    {
        Assert.Equal(required, Classifier(new FailureOptions()).ClassOf(code, "failed"));
        Assert.Equal(
            recommended, Classifier(new FailureOptions { Table = FailureTable.Recommended }).ClassOf(code, "failed"));
    }

    [Fact]
    public void Code_WithAClassInTheSettings_HasThatOne()
    {
        var classifier = Classifier(new FailureOptions { Classes = new() { ["30008"] = "Permanent", ["99999"] = "temporary" } });

        Assert.Equal(FailureClass.Permanent, classifier.ClassOf(30008, "failed"));
        Assert.Equal(FailureClass.Temporary, classifier.ClassOf(99999, "failed"));
    }

    [Theory]
    [InlineData("gave-up", FailureClass.Permanent)]
    [InlineData("opted-out", FailureClass.OptedOut)]
    public void Outcome_OfTheGatewaysOwn_DecidesWhateverTheCode(string outcome, FailureClass expected)
    {
        var classifier = Classifier(new FailureOptions());

        Assert.Equal(expected, classifier.ClassOf(30003, outcome));
        Assert.Equal(expected, classifier.ClassOf(null, outcome));
    }

    private static FailureClassifier Classifier(FailureOptions options) => new(Options.Create(options));

    private static string LineOf(ErrorCode one)
    {
        var meaning = one.Meaning.Contains(',', StringComparison.Ordinal) ? $"\"{one.Meaning}\"" : one.Meaning;
        return $"{one.Code},{meaning},{Word(one.Recommended)},{Word(one.Required)}";
    }

    private static string Word(FailureClass one) =>
        one == FailureClass.OptedOut ? "opted-out" : one.ToString().ToLowerInvariant();

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
