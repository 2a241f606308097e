using Microsoft.Extensions.Options;
using PhoneMasking.SyncService.Persistence;
using PhoneMasking.TestServers;

namespace PhoneMasking.SyncService.Tests.Start;

public sealed class WrongSettingTests(SyncServiceFixture service)
{
    [Fact]
    public async Task Start_WithARegionNobodyKnows_FailsNamingTheSettingAndTheKnownOnes()
    {
        await using var host = new ServiceHost<SyncDbContext>(
            service.Database, service.Broker, ("Numbering:DefaultRegion", "XX"));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Numbering:DefaultRegion must be one of", failure.Message, StringComparison.Ordinal);
        Assert.Contains("US", failure.Message, StringComparison.Ordinal);
    }
}
