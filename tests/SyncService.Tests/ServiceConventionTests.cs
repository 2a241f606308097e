using PhoneMasking.SyncService.Persistence;
using PhoneMasking.TestServers;

namespace PhoneMasking.SyncService.Tests;

public sealed class ServiceConventionTests(SyncServiceFixture service)
{
    [Fact]
    public void Service_KeepsTheConventionsOfMessaging() =>
        Assert.Empty(ServiceConventions.FindBreaches(typeof(SyncDbContext).Assembly));

    [Fact]
    public async Task Model_AgainstTheMigratedSchema_DoesNotDiffer() =>
        Assert.Empty(await service.ReadAsync(
            db => SchemaDrift.FindAsync(db, TestContext.Current.CancellationToken)));

    [Theory]
    [InlineData("/alive", 200)]
    [InlineData("/health", 200)]
    [InlineData("/", 404)]
    public async Task Service_OverHttp_ShowsItsHealthAndNothingElse(string path, int status)
    {
        using var http = service.Http;

        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
    }
}
