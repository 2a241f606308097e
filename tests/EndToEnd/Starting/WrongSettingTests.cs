using PhoneMasking.AppHost.Local;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Starting;

/// <summary>A service that cannot start with its settings says what is wrong with them, and nothing else.</summary>
public sealed class WrongSettingTests
{
    private const int WrongSettings = 2;
    private const string Database = "Host=127.0.0.1;Port=1;Username=u;Password=secret-word;Database=d";
    private const string Broker = "amqp://guest:secret-word@127.0.0.1:1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string, string, string, string[]> Wrong => new()
    {
        { "AlertService", "", Broker, ["The connection string 'phonemasking' is missing: set the environment variable ConnectionStrings__phonemasking."] },
        { "OpsConsole", "", "", ["The connection string 'rabbitmq' is missing: set the environment variable ConnectionStrings__rabbitmq."] },
        {
            "ProxyGateway --Sessions:TimeToLive=secret-word --Sending:Slots=0",
            Database,
            Broker,
            [
                "Sending:Slots must be between 1 and 4096.",
                "Sessions:TimeToLive must be a duration, [d.]hh:mm:ss.",
                "Twilio:AccountSid (or TWILIO_ACCOUNT_SID) must be AC and 32 hexadecimal digits.",
                "Twilio:AuthToken (or TWILIO_AUTH_TOKEN) must be the account's primary auth token.",
                "Twilio:PublicBaseUrl must be scheme and host, without path, for example https://texts.example.com.",
            ]
        },
        {
            "NumberService --Numbers:Budget:PerDay=0 --Numbers:Verification=Maybe --Twilio:AccountSid=AC00000000000000000000000000000001"
            + " --Twilio:AuthToken=secret-word --Twilio:PublicBaseUrl=https://texts.example.com --TwilioApi:ReadRetries=11",
            Database,
            Broker,
            [
                "Numbers:Budget:PerDay must be between 1 and 100000.",
                "Numbers:Verification must be one of On, Off.",
                "TwilioApi:ReadRetries must be between 0 and 10.",
            ]
        },
        { "SyncService --SampleData:Enabled=perhaps", Database, Broker, ["SampleData:Enabled must be true or false."] },
        { "SyncService --urls=secret-word", Database, Broker, ["ASPNETCORE_URLS must be http://HOST:PORT, or several with semicolons between them."] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Start_WithWrongSettings_EndsWithALineForEachAndNoStackTrace(
        string command, string database, string broker, string[] lines)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var words = command.Split(' ');
        var project = Path.Combine(ProductSystem.RepositoryRoot(), "src", words[0], $"{words[0]}.csproj");
        var assembly = new BuiltProject(project).Assembly;

        var (code, output) = await ChildProcess.RunAsync(
            new ProcessPlan(
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                [assembly, "--environment=Production", .. words[1..]])
            {
                Environment = new Dictionary<string, string?>
                {
                    ["ConnectionStrings__phonemasking"] = database,
                    ["ConnectionStrings__rabbitmq"] = broker,
                    ["TWILIO_ACCOUNT_SID"] = null,
                    ["TWILIO_AUTH_TOKEN"] = null,
                    ["Console__Password"] = "a long enough password",
                },
                WorkingDirectory = Path.GetDirectoryName(assembly)!,
            },
            patience.Token);

        Assert.Equal(lines, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Equal(WrongSettings, code);
    }
}
