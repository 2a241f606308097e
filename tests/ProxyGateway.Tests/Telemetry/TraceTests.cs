using System.Diagnostics;
using PhoneMasking.ProxyGateway.Tests.World;

namespace PhoneMasking.ProxyGateway.Tests.Telemetry;

[Collection(GatewayGroup.Name)]
public sealed class TraceTests(GatewayWorld world)
{
    [Fact]
    public async Task OneTrace_LeadsFromTheWebhookToTheCallOfTwilio()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        await business.PoolNumberAsync();
        var client = await business.ClientAsync();

        var webhook = await world.TextAsync(client.Numbers[0], sitter.ReservedNumber!, "Hello");
        await world.TextsAsync(sitter.RealNumber);

        var stored = await world.ScalarAsync<string>(
            "SELECT trace_parent FROM gateway.inbound WHERE provider_sid = $1", webhook.Sid);
        var call = Assert.Single(world.Twilio.CallsTo(sitter.RealNumber.Reveal()));
        Assert.NotNull(call.TraceId);
        Assert.Equal(ActivityContext.Parse(stored!, null).TraceId.ToString(), call.TraceId);
    }
}
