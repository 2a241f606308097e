using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Emails;

public sealed class EmailTemplatesTests
{
    public static TheoryData<string> Names => [.. SampleEmails.All.Select(sample => sample.Template)];

    [Fact]
    public void Templates_ThatComeWithTheProduct_AreAllThereAndWithoutFault()
    {
        EmailTemplates.Load(overrides: null, out var problems);

        Assert.Empty(problems);
        Assert.Equal(11, Names.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Template_WithItsSample_LeavesNoPlaceholderAndNoRemoteContent(string name)
    {
        var templates = EmailTemplates.Load(overrides: null, out _);

        var email = templates.Write(SampleEmails.Find(name)!, new Uri("https://console.example.com"));

        Assert.All([email.Subject, email.Text, email.Html], part => Assert.DoesNotContain("{{", part));
        Assert.DoesNotContain("<img", email.Html);
        Assert.DoesNotContain("<script", email.Html);
        Assert.DoesNotContain("url(", email.Html);
        Assert.DoesNotContain("class=", email.Html);
        Assert.Contains("https://console.example.com/", email.Html);
        Assert.Contains("https://console.example.com/", email.Text);
    }

    [Fact]
    public void Template_WithoutAConsoleAddress_HasNoLink()
    {
        var email = EmailTemplates.Load(overrides: null, out _).Write(SampleEmails.Find("number-ready")!, console: null);

        Assert.DoesNotContain("href", email.Html);
        Assert.DoesNotContain("console", email.Text);
    }

    [Fact]
    public async Task Template_InTheOwnersFolder_TakesThePlaceOfTheOneThatCame()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "sitter-added.txt", "Subject: Welcome {{sitter}}\n\n{{sitter}} has {{number}}.\n");

        var templates = EmailTemplates.Load(folder.Path, out var problems);

        Assert.Empty(problems);
        var email = templates.Write(SampleEmails.Find("sitter-added")!, console: null);
        Assert.Equal("Welcome Ana Alvarez", email.Subject);
        Assert.StartsWith("Ana Alvarez has +13035550131.", email.Text);
        Assert.Contains("has a number", email.Html);
        Assert.True(templates.IsOverridden("sitter-added"));
        Assert.False(templates.IsOverridden("number-ready"));
    }

    [Theory]
    [InlineData("sitter-added.txt", "Hello", "sitter-added.txt: line 1: must be the subject")]
    [InlineData("sitter-added.txt", "Subject: {{client}}\n\nx", "sitter-added.txt: line 1: there is no {{client}}")]
    [InlineData("sitter-added.txt", "Subject: x\n\na\n{{client}}", "sitter-added.txt: line 4: there is no {{client}}")]
    [InlineData("number-ready.html", "<p>{{number}</p>", "number-ready.html: after line 1: braces")]
    [InlineData("layout.html", "<html></html>", "layout.html: must hold {{content}} exactly once")]
    [InlineData("sitter-aded.txt", "Subject: x\n\nx", "sitter-aded.txt: there is no template of that name")]
    public async Task Template_ThatIsWrong_IsNamedWithItsLine(string file, string content, string expected)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, file, content);

        EmailTemplates.Load(folder.Path, out var problems);

        Assert.Contains(expected, Assert.Single(problems));
    }

    [Fact]
    public void Folder_ThatDoesNotExist_IsAProblem()
    {
        EmailTemplates.Load("/nowhere/at/all", out var problems);

        Assert.Contains("/nowhere/at/all does not exist", Assert.Single(problems));
    }

    private static Task WriteAsync(TemporaryFolder folder, string name, string content) =>
        File.WriteAllTextAsync(Path.Combine(folder.Path, name), content, TestContext.Current.CancellationToken);
}
