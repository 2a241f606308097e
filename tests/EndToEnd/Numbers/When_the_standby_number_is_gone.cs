using PhoneMasking.Contracts;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Numbers;

/// <summary>The standby keeper replaces it at its next run, which its schedule starts within 48 hours.</summary>
public sealed class When_the_standby_number_is_gone(ProductSystem product)
{
    [Fact]
    public async Task Should_be_replaced_by_the_next_run_and_by_that_one_only()
    {
        using var business = await Business.OpenAsync(product);
        var standby = (await business.ImportAsync(1, "standby"))[0];
        var before = Assert.Single(await business.NumbersAsync("standby-reserved"));
        await Until.QueryAsync(
            product,
            $"SELECT count(*) = 2 FROM numbers.monitor_schedules WHERE organisation_id = '{business.Id}'",
            "the monitors' schedule");

        await business.DeleteAsync<NumberView>($"numbers/{before.Id}");
        await Until.TrueAsync(
            async () => (await product.Simulator.NumbersAsync()).All(number => number.Number != standby),
            "the number to be given back");
        Assert.Empty(await business.NumbersAsync("standby-reserved"));
        await HoursPassAsync(business, 48);

        var replacement = (await business.ReadyAsync("standby-reserved", 1))[0];
        Assert.NotEqual(standby, replacement.Number!.Reveal());
        Assert.Equal(NumberPurpose.StandbyReplenishment, replacement.Purpose);
        Assert.Equal(
            [replacement.Number.Reveal()], await product.Simulator.NumbersOfServiceAsync(business.MessagingService));
        var run = Assert.Single((await RunsAsync(business)).Items);
        Assert.Equal(
            (MonitorDecision.Ordered, false, replacement.Id), (run.Decision, run.OnDemand, run.NumberId!.Value));

        await HoursPassAsync(business, 48);
        await Until.TrueAsync(async () => (await RunsAsync(business)).Items.Count == 2, "the run after it");
        Assert.Equal(MonitorDecision.StandbyPresent, (await RunsAsync(business)).Items[0].Decision);
        var onDemand = await business.PostAsync<MonitorRun>("monitors/standby-keeper/run");
        Assert.Equal(MonitorDecision.StandbyPresent, onDemand.Decision);
        Assert.Single(await business.NumbersAsync("standby-reserved"));
        await business.AuditedAsync("event = 'NumberBought'", "NumberBought");
        await Judge.DrainedAsync(product);
        Assert.Equal([], product.Output.Leaks);
    }

    private static Task<MonitorRunPage> RunsAsync(Business business) =>
        business.GetAsync<MonitorRunPage>("monitors/runs?monitor=standby-keeper");

    // The schedule is counted from a time in the database: the past moves instead of the clock.
    private async Task HoursPassAsync(Business business, int hours)
    {
        await using var command = product.Database.CreateCommand(
            $"""
            UPDATE numbers.monitor_schedules SET counted_from = counted_from - interval '{hours} hours'
            WHERE organisation_id = '{business.Id}' AND monitor = 'StandbyKeeper'
            """);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
