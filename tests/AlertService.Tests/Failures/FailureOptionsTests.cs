using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Failures;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Failures;

/// <summary>A wrong setting stops the start and is named.</summary>
public sealed class FailureOptionsTests(AlertServiceFixture service)
{
    [Theory]
    [InlineData("Failures:Table", "Twilio")]
    [InlineData("Failures:Table", "7")]
    [InlineData("Failures:Classes:30008", "sometimes")]
    [InlineData("Failures:Classes:30008", "")]
    [InlineData("Failures:Classes:thirty", "permanent")]
    [InlineData("Failures:Classes:-5", "permanent")]
    [InlineData("Failures:AccountCodes", "30002;30033")]
    [InlineData("Failures:SitterPhoneCodes", "30003,abc")]
    public void Setting_ThatIsWrong_IsNamed(string setting, string value) =>
        Assert.Contains(setting, Failure((setting, value)));

    [Theory]
    [InlineData("RetryDelay", "00:00:00")]
    [InlineData("RetryNotAfter", "00:00:59")]
    [InlineData("RetryNotAfter", "31.00:00:00")]
    [InlineData("PollInterval", "00:00:00")]
    [InlineData("SystemicThreshold", "-1")]
    [InlineData("SystemicWindow", "30.00:00:00")]
    [InlineData("SitterAlertInterval", "-00:00:01")]
    [InlineData("SitterAlertLimit", "-1")]
    [InlineData("SitterUnreachableInterval", "30.00:00:00")]
    [InlineData("AccountBlockedInterval", "30.00:00:00")]
    [InlineData("Retention", "00:10:00")]
    [InlineData("ArrivalRetention", "00:00:01")]
    [InlineData("CleaningInterval", "2.00:00:00")]
    public void Setting_OutOfRange_IsNamed(string name, string value) =>
        Assert.Contains(name, Failure(($"Failures:{name}", value)));

    [Fact]
    public void Retention_ShorterThanTheWindow_IsNamed() => Assert.Contains(
        "Failures:Retention", Failure(("Failures:Retention", "2.00:00:00"), ("Failures:SystemicWindow", "3.00:00:00")));

    [Fact]
    public void Settings_ThatAreRight_AreTaken() => Assert.Null(TryFailure(
        ("Failures:Table", "recommended"),
        ("Failures:Classes:30008", "Opted-Out"),
        ("Failures:AccountCodes", ""),
        ("Failures:SitterPhoneCodes", "30003, 30005,")));

    [Fact]
    public async Task Service_WithAWrongSetting_DoesNotStart()
    {
        await using var host = new ServiceHost<AlertDbContext>(
            service.Database, service.Broker, ("Failures:Classes:30008", "sometimes"));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Failures:Classes:30008", failure.Message);
    }

    private static string Failure(params (string Name, string Value)[] settings)
    {
        var failure = TryFailure(settings);
        Assert.NotNull(failure);
        return failure;
    }

    private static string? TryFailure(params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)))
            .Build());
        services.AddFailureDesks();
        using var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<FailureOptions>>().Value;
            return null;
        }
        catch (Exception failure) when (failure is OptionsValidationException or InvalidOperationException)
        {
            return failure.Message;
        }
    }
}
