using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Configuration;

/// <summary>Missing or wrong settings stop the start and say which setting and what it expects.</summary>
public sealed partial class StartTests
{
    private const string Database = "Host=127.0.0.1;Port=1;Username=u;Password=secret-word;Database=d";
    private const string Broker = "amqp://guest:secret-word@127.0.0.1:1";

    [Theory]
    [InlineData(null, Broker, "ConnectionStrings__phonemasking")]
    [InlineData("  ", Broker, "ConnectionStrings__phonemasking")]
    [InlineData("secret-word", Broker, "ConnectionStrings__phonemasking")]
    [InlineData("Hots=a;Password=secret-word", Broker, "ConnectionStrings__phonemasking")]
    [InlineData("Database=only;Password=secret-word", Broker, "ConnectionStrings__phonemasking")]
    [InlineData(Database, null, "ConnectionStrings__rabbitmq")]
    [InlineData(Database, "", "ConnectionStrings__rabbitmq")]
    [InlineData(Database, "secret-word", "ConnectionStrings__rabbitmq")]
    [InlineData(Database, "http://user:secret-word@host", "ConnectionStrings__rabbitmq")]
    public void ConnectionString_MissingOrMalformed_StopsTheStartAndNamesTheVariable(
        string? database, string? broker, string variable)
    {
        var failure = Assert.Throws<WrongSettingException>(() => SampleService.Compose(database, broker));

        Assert.Contains(variable, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_OutOfRange_StopsTheStartAndNamesTheSetting()
    {
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => SampleService.StartAsync(
            database.ConnectionString,
            Broker,
            configure: builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("Sample:Patience", "2.00:00:00")]);
                builder.Services.AddValidatedOptions<SampleOptions, SampleOptionsValidator>("Sample");
            }));

        Assert.Contains(nameof(SampleOptions.Patience), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_OfWhichOneIsNoWrongSetting_KeepTheirStackTraces()
    {
        var setting = new OptionsValidationException("", typeof(SampleOptions), ["Sample:Patience must be shorter."]);

        Assert.Null(WrongSettings.Explain(new InvalidOperationException("A fault of ours.")));
        Assert.Null(WrongSettings.Explain(new AggregateException(setting, new InvalidOperationException("A fault of ours."))));
        Assert.Equal(["Sample:Patience must be shorter."], WrongSettings.Explain(new AggregateException(setting, setting)));
    }

    internal sealed class SampleOptions
    {
        [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
        public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);
    }

    [OptionsValidator]
    internal sealed partial class SampleOptionsValidator : IValidateOptions<SampleOptions>;
}
