using PhoneMasking.Contracts;
using static PhoneMasking.AlertService.Tests.AlertServiceFixture;

namespace PhoneMasking.AlertService.Tests.Emails;

public sealed class EmailRequestsTests(AlertServiceFixture service)
{
    private static readonly DateTimeOffset At = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListEmails_PageByPage_GivesEachOnceNewestFirst()
    {
        var organisation = NewOrganisation();
        await QueueAsync(organisation, ["Ana", "Ben", "Cara"]);

        var first = await ListAsync(new ListEmails(organisation, null, 2));
        var second = await ListAsync(new ListEmails(organisation, first.Next, 2));

        Assert.Equal(
            ["Ana was removed", "Ben was removed", "Cara was removed"],
            first.Items.Concat(second.Items).Select(item => item.Subject).Order());
        Assert.Null(second.Next);
        Assert.All(first.Items, item => Assert.Equal((EmailState.Suppressed, "sitter-removed"), (item.State, item.Template)));
    }

    [Fact]
    public async Task ListEmails_OfAnotherStateTemplateOrOrganisation_IsEmpty()
    {
        var organisation = NewOrganisation();
        await QueueAsync(organisation, ["Ana"]);

        Assert.Empty((await ListAsync(new ListEmails(organisation, null, 10, EmailState.Sent))).Items);
        Assert.Empty((await ListAsync(new ListEmails(organisation, null, 10, null, "sitter-added"))).Items);
        Assert.Empty((await ListAsync(new ListEmails(NewOrganisation(), null, 10))).Items);
        Assert.Single((await ListAsync(new ListEmails(organisation, null, 10, EmailState.Suppressed, "sitter-removed"))).Items);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task ListEmails_OfNoneOrTooMany_IsRefusedNamingTheLimit(int limit)
    {
        var answer = await service.Bus.AskAsync<ListEmails, EmailPage>(new ListEmails(NewOrganisation(), null, limit), Cancelled);

        Assert.Equal("limit", Assert.IsType<Refused>(answer).Field);
    }

    [Fact]
    public async Task ReadEmail_OfOneThatExists_GivesItAsItWasWritten()
    {
        var organisation = NewOrganisation();
        await QueueAsync(organisation, ["Ana"]);
        var id = (await ListAsync(new ListEmails(organisation, null, 1))).Items[0].Id;

        var email = Assert.IsType<EmailContent>(
            await service.Bus.AskAsync<ReadEmail, EmailContent>(new ReadEmail(organisation, id), Cancelled));
        var hidden = await service.Bus.AskAsync<ReadEmail, EmailContent>(new ReadEmail(NewOrganisation(), id), Cancelled);

        Assert.StartsWith("Ana was removed.", email.Text);
        Assert.Contains("Ana was removed</h1>", email.Html);
        Assert.Equal(RefusalKind.NotFound, Assert.IsType<Refused>(hidden).Kind);
    }

    [Fact]
    public async Task Templates_AskedFor_CanAllBePreviewed()
    {
        var list = Assert.IsType<EmailTemplateList>(
            await service.Bus.AskAsync<ListEmailTemplates, EmailTemplateList>(new ListEmailTemplates(), Cancelled));

        Assert.Equal(("None", 11), (list.Sender, list.Items.Count));
        foreach (var template in list.Items)
        {
            var preview = Assert.IsType<EmailContent>(
                await service.Bus.AskAsync<PreviewEmail, EmailContent>(new PreviewEmail(template.Name), Cancelled));
            Assert.Equal(template.Name, preview.Template);
            Assert.NotEmpty(preview.Subject);
            Assert.StartsWith("<!doctype html>", preview.Html);
        }
    }

    [Fact]
    public async Task PreviewEmail_OfNoTemplate_IsNotFound()
    {
        var answer = await service.Bus.AskAsync<PreviewEmail, EmailContent>(new PreviewEmail("sitter-aded"), Cancelled);

        Assert.Equal("unknown-template", Assert.IsType<Refused>(answer).Problem);
    }

    private async Task<EmailPage> ListAsync(ListEmails request) =>
        Assert.IsType<EmailPage>(await service.Bus.AskAsync<ListEmails, EmailPage>(request, Cancelled));

    private async Task QueueAsync(OrganisationId organisation, string[] sitters)
    {
        foreach (var sitter in sitters)
        {
            await service.Bus.PublishAsync(
                new SitterRemoved(organisation, SitterId.New(At), sitter, null, null, At), Guid.CreateVersion7(), Cancelled);
        }

        await PhoneMasking.TestServers.Eventually.TrueAsync(
            async () => (await ListAsync(new ListEmails(organisation, null, 200))).Items.Count == sitters.Length,
            "the e-mails",
            Cancelled);
    }
}
