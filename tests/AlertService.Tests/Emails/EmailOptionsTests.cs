using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Emails;

/// <summary>A wrong setting stops the start and is named; no message repeats a secret or an address.</summary>
public sealed class EmailOptionsTests(AlertServiceFixture service)
{
    private const string Secret = "secret-word";

    [Theory]
    [InlineData("Email:Owner", "")]
    [InlineData("Email:Owner", "nobody-at-all")]
    [InlineData("Email:Owner", "owner@example.com\r\nBcc: all@example.com")]
    [InlineData("Email:From", "")]
    [InlineData("Email:From", "Desk <desk")]
    [InlineData("Email:ConsoleUrl", "javascript:alert(1)")]
    [InlineData("Email:TemplatesFolder", "/nowhere/at/all")]
    [InlineData("Email:Https:ApiKey", "")]
    [InlineData("Email:Https:ApiKey", "secret-word with spaces")]
    [InlineData("Email:Https:BaseUrl", "http://mail.example.com")]
    [InlineData("Email:Https:BaseUrl", "/emails")]
    public void Https_WithAWrongSetting_NamesIt(string setting, string value) =>
        Assert.Contains(setting, Failure("Https", (setting, value)));

    [Theory]
    [InlineData("Email:Smtp:Host", "")]
    [InlineData("Email:Smtp:Host", "not a host")]
    [InlineData("Email:Smtp:UserName", "")]
    [InlineData("Email:Smtp:StartTls", "false")]
    public void Smtp_WithAWrongSetting_NamesIt(string setting, string value) =>
        Assert.Contains(setting, Failure("Smtp", (setting, value)));

    [Theory]
    [InlineData("Email:Timeout", "00:02:00", "Timeout")]
    [InlineData("Email:RetryDelay", "00:00:00", "RetryDelay")]
    [InlineData("Email:MaxRetryDelay", "1.00:00:00", "MaxRetryDelay")]
    [InlineData("Email:GiveUpAfter", "1.00:00:00", "GiveUpAfter")]
    [InlineData("Email:PollInterval", "00:00:00", "PollInterval")]
    [InlineData("Email:PoolExhaustedInterval", "-00:00:01", "PoolExhaustedInterval")]
    [InlineData("Email:Smtp:Port", "0", "Port")]
    public void Setting_OutOfRange_IsNamed(string setting, string value, string name) =>
        Assert.Contains(name, Failure("None", (setting, value)));

    [Theory]
    [InlineData("Https")]
    [InlineData("Smtp")]
    [InlineData("None")]
    public void Settings_ThatAreRight_AreTaken(string sender) => Assert.Null(TryFailure(sender));

    [Fact]
    public async Task Service_WithAWrongSetting_DoesNotStart()
    {
        await using var host = new ServiceHost<AlertDbContext>(service.Database, service.Broker, ("Email:Sender", "Https"));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Email:Owner", failure.Message);
        Assert.Contains("Email:From", failure.Message);
        Assert.Contains("Email:Https:ApiKey", failure.Message);
    }

    private static string Failure(string sender, (string Name, string Value) setting)
    {
        var failure = TryFailure(sender, setting);
        Assert.NotNull(failure);
        Assert.DoesNotContain(Secret, failure);
        Assert.DoesNotContain("owner@example.com", failure.Replace("as owner@example.com", "", StringComparison.Ordinal));
        return failure;
    }

    private static string? TryFailure(string sender, params (string Name, string Value)[] settings)
    {
        var configuration = new Dictionary<string, string?>
        {
            ["Email:Sender"] = sender,
            ["Email:Owner"] = "owner@example.com",
            ["Email:From"] = "Desk <desk@example.com>",
            ["Email:Https:ApiKey"] = Secret,
            ["Email:Smtp:Host"] = "mail.example.com",
            ["Email:Smtp:UserName"] = "desk",
            ["Email:Smtp:Password"] = Secret,
        };
        foreach (var (name, value) in settings)
        {
            configuration[name] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
        services.AddValidatedOptions<EmailOptions, EmailRangesValidator>(EmailOptions.Section);
        services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptionsValidator>();
        using var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<EmailOptions>>().Value;
            return null;
        }
        catch (OptionsValidationException failure)
        {
            return failure.Message;
        }
    }
}
