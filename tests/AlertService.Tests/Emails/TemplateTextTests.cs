using PhoneMasking.AlertService.Emails.Writing;

namespace PhoneMasking.AlertService.Tests.Emails;

public sealed class TemplateTextTests
{
    [Theory]
    [InlineData("Hello {{name}}!", "Hello Ana!")]
    [InlineData("{{#name}}has{{/name}}{{^name}}has not{{/name}}", "has")]
    [InlineData("{{#nothing}}has{{/nothing}}{{^nothing}}has not{{/nothing}}", "has not")]
    [InlineData("{{#items}}{{item}} of {{name}};{{/items}}", "one of Ana;two of Ana;")]
    [InlineData("{{#none}}x{{/none}}{{^none}}none{{/none}}", "none")]
    [InlineData("a\n{{#items}}\n- {{item}}\n{{/items}}\nb", "a\n- one\n- two\nb")]
    [InlineData("one { brace } and {a: b}", "one { brace } and {a: b}")]
    public void Render_WithItsValues_FillsThePlaceholders(string template, string expected)
    {
        var problems = new List<string>();

        var text = TemplateText.Parse(template, problems.Add);

        Assert.Empty(problems);
        Assert.Empty(text.FindUnknown(Values()));
        Assert.Equal(expected, text.Render(Values(), value => value));
    }

    [Theory]
    [InlineData("a\n{{#name}}", "line 2")]
    [InlineData("{{/name}}", "closes nothing")]
    [InlineData("{{#name}}{{/items}}{{/name}}", "closes nothing")]
    [InlineData("{{ name }}", "braces")]
    [InlineData("{{{name}}}", "braces")]
    [InlineData("{{name", "braces")]
    public void Parse_OfABrokenTemplate_SaysWhatAndWhere(string template, string expected)
    {
        var problems = new List<string>();

        TemplateText.Parse(template, problems.Add);

        Assert.Contains(problems, problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a\nb {{nome}}", "line 2: there is no {{nome}}")]
    [InlineData("{{#sitters}}{{/sitters}}", "there is no {{sitters}}")]
    [InlineData("{{#items}}{{colour}}{{/items}}", "there is no {{colour}}; there is item, items, name, none, nothing")]
    [InlineData("{{item}}", "there is no {{item}}")]
    public void FindUnknown_OfAPlaceholderWithoutValue_NamesItAndWhatThereIs(string template, string expected)
    {
        var text = TemplateText.Parse(template, _ => { });

        Assert.Contains(expected, Assert.Single(text.FindUnknown(Values())));
    }

    [Fact]
    public void Render_OfAValueThatLooksLikeATemplate_LeavesItAsItIs()
    {
        var text = TemplateText.Parse("{{name}}", _ => { });

        Assert.Equal("{{#items}}x{{/items}}", text.Render(new EmailValues { ["name"] = "{{#items}}x{{/items}}" }, value => value));
    }

    private static EmailValues Values() => new EmailValues { ["name"] = "Ana", ["nothing"] = null }
        .With("items", [new EmailValues { ["item"] = "one" }, new EmailValues { ["item"] = "two" }])
        .With("none", []);
}
