using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Refusals;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.Api;

/// <summary>Who was turned away is in the audit log, counted.</summary>
[Collection(ApiGroup.Name)]
public sealed class RefusalAuditTests(ApiWorld world)
{
    private static readonly HttpClient Http = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ForgedWebhooksAndWrongKeys_AreInTheAuditLog()
    {
        var teller = world.Hosts[0].Services.GetRequiredService<RefusalTeller>();
        var business = await world.NewBusinessAsync();
        var (forged, wrong) = (Told("webhook-signature"), Told("api-key") + Told("api-key-limit"));
        for (var call = 0; call < 3; call++)
        {
            using var form = new FormUrlEncodedContent([new("AccountSid", "AC00000000000000000000000000000001"), new("MessageSid", "SM1")]);
            using var response = await Http.PostAsync(new Uri(world.Address, "/webhooks/twilio/messages"), form, Cancelled);
            Assert.Equal(403, (int)response.StatusCode);
        }

        await new ApiBusiness(world, business.Organisation, business.Key[..^1] + "!").GetAsync("/v1/sessions");

        await teller.TellAsync(Cancelled);

        await Eventually.TrueAsync(
            () => Task.FromResult(
                Told("webhook-signature") >= forged + 3 && Told("api-key") + Told("api-key-limit") >= wrong + 1),
            "what was refused",
            Cancelled);
    }

    [Fact]
    public async Task Refusals_OfOneKind_AreToldOnceWithTheirCount()
    {
        var services = world.Hosts[0].Services;
        var tally = new RefusalTally();
        using var teller = new RefusalTeller(
            tally,
            services.GetRequiredService<NpgsqlDataSource>(),
            services.GetRequiredService<OutboxSignal>(),
            TimeProvider.System,
            NullLogger<RefusalTeller>.Instance);
        var (many, last) = ($"test-{Guid.CreateVersion7()}", $"test-{Guid.CreateVersion7()}");
        for (var call = 0; call < 500; call++)
        {
            tally.Count("webhook", many);
        }

        await teller.TellAsync(Cancelled);
        await teller.TellAsync(Cancelled);
        tally.Count("api", last);
        await teller.TellAsync(Cancelled);

        await world.Events.WaitForAsync<AccessRefused>(one => one.Reason == $"api-{last}", Cancelled);
        await world.Events.WaitForAsync<AccessRefused>(one => one.Reason == $"webhook-{many}", Cancelled);
        var told = Assert.Single(world.Events.Kept<AccessRefused>(), one => one.Reason == $"webhook-{many}");
        Assert.Equal(("webhook", 500, "webhook: 500 within a minute"), (told.Door, told.Count, told.Details));
    }

    [Fact]
    public void Tally_CountedByManyAtOnceWhileItIsTaken_LosesNone()
    {
        var tally = new RefusalTally();
        var taken = 0;

        Parallel.For(0, 2_000, turn =>
        {
            tally.Count("webhook", "signature");
            if (turn % 50 == 0)
            {
                Interlocked.Add(ref taken, tally.Take().Sum(one => one.Count));
            }
        });

        Assert.Equal(2_000, taken + tally.Take().Sum(one => one.Count));
    }

    private int Told(string reason) =>
        world.Events.Kept<AccessRefused>().Where(one => one.Reason == reason).Sum(one => one.Count);
}
