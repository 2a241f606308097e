using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PhoneMasking.Twilio.Tests.Loopback;

/// <summary>The client as the services get it, registered and configured, with waits short enough for tests.</summary>
internal static class Client
{
    public static ServiceProvider Services(TimeProvider? clock = null, params (string Setting, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["TwilioApi:ReadRetryDelay"] = "00:00:00.005",
            ["TwilioApi:ReadRetryMaxDelay"] = "00:00:02",
        };
        foreach (var (setting, value) in settings)
        {
            values[$"TwilioApi:{setting}"] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        if (clock is not null)
        {
            services.AddSingleton(clock);
        }

        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        services.AddTwilioApi();
        return services.BuildServiceProvider();
    }
}

/// <summary>A clock that stands still; its timers run in real time.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
