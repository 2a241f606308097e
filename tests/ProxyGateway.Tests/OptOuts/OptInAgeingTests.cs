using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.ServiceDefaults.Persistence.Retention;

namespace PhoneMasking.ProxyGateway.Tests.OptOuts;

/// <summary>Nobody's real number is kept for ever because they once wrote START; who wrote STOP stays opted out.</summary>
[Collection(GatewayGroup.Name)]
public sealed class OptInAgeingTests(GatewayWorld world)
{
    [Fact]
    public async Task WhoOptedInAgain_IsForgottenAfterAWeek()
    {
        var thread = await FailingThread.OpenAsync(world);
        var pool = thread.Pool.Number;
        var (sitter, client) = (thread.Sitter.RealNumber, thread.Client.Numbers[0]);
        await AddAsync(pool, sitter, optedIn: Ago(days: 7, minutes: 1));
        await AddAsync(pool, client, optedIn: Ago(days: 7, minutes: -1));

        await CleanAsync();

        Assert.Equal((0, 1), (await CountAsync(pool, sitter), await CountAsync(pool, client)));
    }

    [Fact]
    public async Task WhoIsOptedOut_IsRememberedHoweverLongAgoItWas()
    {
        var thread = await FailingThread.OpenAsync(world);
        var (pool, reserved) = (thread.Pool.Number, thread.Sitter.ReservedNumber!);
        var (sitter, client) = (thread.Sitter.RealNumber, thread.Client.Numbers[0]);
        await AddAsync(pool, sitter, optedOut: Ago(days: 1000));
        await AddAsync(reserved, client, optedIn: Ago(days: 1000), optedOut: Ago(days: 999));

        await CleanAsync();

        Assert.Equal((1, 1), (await CountAsync(pool, sitter), await CountAsync(reserved, client)));
    }

    // As the gateway does it now and then, with what it is set up to delete.
    private async Task CleanAsync()
    {
        foreach (var cleaner in world.Hosts[0].Services.GetServices<IHostedService>().OfType<RowCleaner>())
        {
            await cleaner.CleanAsync(TestContext.Current.CancellationToken);
        }
    }

    private DateTimeOffset Ago(int days, int minutes = 0) =>
        world.Clock.GetUtcNow() - TimeSpan.FromDays(days) - TimeSpan.FromMinutes(minutes);

    private Task AddAsync(E164Number ours, E164Number person, DateTimeOffset? optedIn = null, DateTimeOffset? optedOut = null) =>
        world.ExecuteAsync(
            """
            INSERT INTO gateway.opt_outs (our_number, number, organisation_id, opted_in_at, opted_out_at)
            VALUES ($1, $2, $3, $4, $5)
            """,
            ours.Reveal(),
            person.Reveal(),
            OrganisationId.Default.Value,
            optedIn ?? (object)DBNull.Value,
            optedOut ?? (object)DBNull.Value);

    private Task<long> CountAsync(E164Number ours, E164Number person) => world.ScalarAsync<long>(
        "SELECT count(*) FROM gateway.opt_outs WHERE our_number = $1 AND number = $2", ours.Reveal(), person.Reveal());
}
