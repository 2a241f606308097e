using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;
using static PhoneMasking.AlertService.Tests.AlertServiceFixture;

namespace PhoneMasking.AlertService.Tests.Emails;

/// <summary>Each event writes the right e-mail, which arrives in the simulator's mailbox.</summary>
public sealed class OwnerEmailsTests(EmailWorld world) : IClassFixture<EmailWorld>
{
    private static readonly DateTimeOffset At = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);
    private static readonly E164Number Number = E164Number.Parse("+13035550131");
    private static readonly SitterId Sitter = SitterId.New(At);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_OfSittersAndNumbers_ReachTheOwnerEachInItsTemplateAndOnce()
    {
        var organisation = NewOrganisation();
        var id = NumberId.New(At);
        var service = await world.StartServiceAsync();
        await world.StartServiceAsync();
        (IAuditedEvent Event, string Template, string Subject)[] happened =
        [
            (new SitterNumberAssigned(organisation, Sitter, "Ana Alvarez", id, Number, At),
                "sitter-added", "Ana Alvarez can be texted at +13035550131"),
            (new SitterNumberOrdered(organisation, Sitter, "Ben Brooks", id, At),
                "number-ordered", "A number was ordered for Ben Brooks"),
            (new SitterNumberReady(organisation, Sitter, "Ben Brooks", id, Number, At),
                "number-ready", "Ben Brooks's number is ready: +13035550131"),
            (new SitterRemoved(organisation, Sitter, "Cara Chen", null, null, At),
                "sitter-removed", "Cara Chen was removed"),
            (new NumberFailed(organisation, id, null, null, null, "buy", "no-numbers-in-area", 21422, At),
                "number-failed", "A number needs you: Buying failed"),
            (new NumberBought(organisation, id, Number, NumberLifecycle.Pool, NumberPurpose.PoolExpansion, At),
                "pool-number-bought", "A pool number was bought: +13035550131"),
            (new PoolExhausted(organisation, Sitter, ClientId.New(At), MessageId.New(At), At),
                "pool-exhausted", "No pool number is free: texts are held"),
        ];

        foreach (var (one, _, _) in happened)
        {
            var messageId = Guid.CreateVersion7();
            await world.Bus.PublishAsync(one, messageId, Cancelled);
            await world.Bus.PublishAsync(one, messageId, Cancelled);
        }

        await AuditedAsync(service, organisation, nameof(EmailSent), happened.Length);
        await SettledAsync(service, organisation);
        var mails = await MailsAsync(service, organisation);
        Assert.Equal(happened.Select(one => one.Subject).Order(), mails.Select(Subject).Order());
        Assert.All(mails, mail => Assert.Equal(1, mail.GetProperty("requests").GetInt32()));
        Assert.All(mails, mail => Assert.Equal(EmailWorld.From, mail.GetProperty("from").GetString()));
        Assert.All(mails, mail => Assert.Equal(EmailWorld.Owner, mail.GetProperty("to")[0].GetString()));
        var kept = await EmailWorld.ReadAsync(service, db => db.Emails
            .Where(email => email.OrganisationId == organisation)
            .Select(email => email.Template)
            .ToListAsync(Cancelled));
        Assert.Equal(happened.Select(one => one.Template).Order(), kept.Order());
    }

    [Fact]
    public async Task NumberBought_ForASitterOrStandby_WritesNothing()
    {
        var organisation = NewOrganisation();
        var service = await world.StartServiceAsync();

        await world.Bus.PublishAsync(
            new NumberBought(organisation, NumberId.New(At), Number, NumberLifecycle.StandbyReserved, null, At),
            Guid.CreateVersion7(),
            Cancelled);

        await AuditedAsync(service, organisation, nameof(NumberBought), 1);
        Assert.Equal(0, await CountAsync(service, organisation));
    }

    [Fact]
    public async Task PoolExhausted_ForManyTexts_WritesOneEmailForEachSitterWithItsName()
    {
        var organisation = NewOrganisation();
        var service = await world.StartServiceAsync();
        SitterId[] sitters = [SitterId.New(At), SitterId.New(At)];
        await world.Bus.PublishAsync(
            new SitterChanged(organisation, sitters[0], "Dee Dunn", E164Number.Parse("+13035550114"), null, null, true, 1, At),
            Guid.CreateVersion7(),
            Cancelled);
        await Eventually.TrueAsync(
            () => EmailWorld.ReadAsync(service, db => db.Sitters.AnyAsync(known => known.SitterId == sitters[0], Cancelled)),
            "the sitter's name",
            Cancelled);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(index => world.Bus.PublishAsync(
            new PoolExhausted(organisation, sitters[index % 2], ClientId.New(At), MessageId.New(At), At),
            Guid.CreateVersion7(),
            Cancelled)));

        await AuditedAsync(service, organisation, nameof(PoolExhausted), 20);
        await AuditedAsync(service, organisation, nameof(EmailSent), 2);
        var subjects = await EmailWorld.ReadAsync(service, db => db.Emails
            .Where(email => email.OrganisationId == organisation)
            .Select(email => email.Subject)
            .ToListAsync(Cancelled));
        Assert.Equal(
            ["No pool number is free for Dee Dunn: texts are held", "No pool number is free: texts are held"],
            subjects.Order());
    }

    [Fact]
    public async Task Event_WhileEmailIsOff_IsKeptAsNotToBeSent()
    {
        var organisation = NewOrganisation();
        await using var database = await (await TestInfrastructure.GetAsync()).CreateDatabaseAsync(Cancelled);
        await using var broker = await (await TestInfrastructure.GetAsync()).CreateVirtualHostAsync(Cancelled);
        await using var bus = await new TestBus(broker).StartAsync(Cancelled);
        await using var service = await new ServiceHost<Persistence.AlertDbContext>(database, broker).StartAsync(Cancelled);

        await bus.PublishAsync(
            new SitterRemoved(organisation, Sitter, "Cara Chen", null, null, At), Guid.CreateVersion7(), Cancelled);

        var email = await EmailWorld.EmailAsync(service, organisation, EmailState.Suppressed);
        Assert.Equal((0, "Cara Chen was removed"), (email.Attempts, email.Subject));
    }

    // The mailbox is the class's: other tests' mails are in it, too.
    private async Task<JsonElement[]> MailsAsync(ServiceHost<Persistence.AlertDbContext> service, OrganisationId organisation)
    {
        var ids = await EmailWorld.ReadAsync(service, db => db.Emails
            .Where(email => email.OrganisationId == organisation)
            .Select(email => email.Id)
            .ToListAsync(Cancelled));
        var keys = ids.Select(EmailWorld.KeyOf).ToHashSet();
        return [.. (await world.MailsAsync()).Where(mail => keys.Contains(mail.GetProperty("idempotencyKey").GetString()!))];
    }

    private static string Subject(JsonElement mail) => mail.GetProperty("subject").GetString()!;

    private static Task SettledAsync(ServiceHost<Persistence.AlertDbContext> service, OrganisationId organisation) =>
        Eventually.TrueAsync(
            () => EmailWorld.ReadAsync(service, async db => !await db.Emails.AnyAsync(
                email => email.OrganisationId == organisation && email.State == EmailState.Waiting, Cancelled)),
            "no e-mail that waits",
            Cancelled);

    private static Task<int> CountAsync(ServiceHost<Persistence.AlertDbContext> service, OrganisationId organisation) =>
        EmailWorld.ReadAsync(service, db => db.Emails.CountAsync(email => email.OrganisationId == organisation, Cancelled));

    private static Task AuditedAsync(
        ServiceHost<Persistence.AlertDbContext> service, OrganisationId organisation, string name, int lines) =>
        Eventually.TrueAsync(
            () => EmailWorld.ReadAsync(service, async db => await db.Audit.CountAsync(
                record => record.OrganisationId == organisation && record.Event == name, Cancelled) == lines),
            $"{lines} times {name}",
            Cancelled);
}
