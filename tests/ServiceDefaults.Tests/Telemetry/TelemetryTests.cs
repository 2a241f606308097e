using System.Diagnostics;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Telemetry;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Telemetry;

public sealed class TelemetryTests
{
    private const string Number = "+13035550142";

    [Fact]
    public async Task Trace_FromTheRequestThroughTheOutboxToTheConsumer_ArrivesAsOneWithoutNumbers()
    {
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        await using var collector = await FakeCollector.StartAsync();
        var traceId = ActivityTraceId.CreateRandom();
        var consumed = new TaskCompletionSource<ActivityTraceId>();

        await using (var service = await SampleService.StartAsync(
            database.ConnectionString,
            broker.ConnectionString,
            bus => bus.AddConsumer<TracingConsumer>(),
            builder =>
            {
                builder.Services.AddSingleton(consumed);
                builder.Configuration.AddInMemoryCollection(
                [
                    new("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
                    new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ]);
            },
            app =>
            {
                app.MapPost("/conversations/{number}", CommitAsync);
                app.MapGet("/failing/{number}", (string number) => Results.StatusCode(StatusCodes.Status502BadGateway));
            }))
        {
            using var http = new HttpClient { BaseAddress = service.Address };
            http.DefaultRequestHeaders.Add("traceparent", $"00-{traceId}-{ActivitySpanId.CreateRandom()}-01");
            using var posted = await http.PostAsync($"/conversations/{Number}?from={Number}", null, TestContext.Current.CancellationToken);
            using var failed = await http.GetAsync($"/failing/{Number}", TestContext.Current.CancellationToken);
            await http.GetStringAsync("/alive", TestContext.Current.CancellationToken);

            Assert.Equal(traceId, await consumed.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken));
            await service.StopAsync();
        }

        var id = Convert.FromHexString(traceId.ToHexString());
        Assert.True(collector.Has("traces", id));
        Assert.True(collector.Has("traces", "POST /conversations/{number}"));
        Assert.True(collector.Has("traces", "http.response.status_code"));
        Assert.True(collector.Has("traces", "outbox publish"));
        Assert.True(collector.Has("traces", "error.type"));
        Assert.True(collector.Has("metrics", "http.server.request.duration"));
        Assert.True(collector.Has("logs", "A text was stored"));
        Assert.False(collector.Has("traces", "/alive"));
        Assert.All(["traces", "metrics", "logs"], signal => Assert.False(collector.Has(signal, Number[2..])));
    }

    [Fact]
    public void Span_StartedFromAStoredParent_GoesOnWithItsTrace()
    {
        using var telemetry = new ServiceTelemetry("PhoneMasking.Sample");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "PhoneMasking.Sample",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        var traceId = ActivityTraceId.CreateRandom();
        var parentId = ActivitySpanId.CreateRandom();

        using var span = telemetry.StartFrom("work", ActivityKind.Internal, $"00-{traceId}-{parentId}-01");

        Assert.Equal((traceId, parentId), (span!.TraceId, span.ParentSpanId));
        Assert.Null(telemetry.StartFrom("work", ActivityKind.Internal, null));
        Assert.Null(telemetry.StartFrom("work", ActivityKind.Internal, "damaged"));
    }

    private static async Task<IResult> CommitAsync(string number, SampleDbContext db, ILogger<TelemetryTests> logger)
    {
        db.Outbox.Add(ServiceDefaults.Messaging.Outbox.OutboxMessage.Of(SampleEvents.Merged(), DateTimeOffset.UtcNow));
        db.Effects.Add(new Effect { Id = ClientId.New(DateTimeOffset.UtcNow), Number = E164Number.Parse(number) });
        await db.SaveChangesAsync();
#pragma warning disable CA1848, CA1873 // A test's log line.
        logger.LogWarning("A text was stored for {Number}", E164Number.Parse(number));
#pragma warning restore CA1848, CA1873
        return Results.Ok();
    }
}

internal sealed class TracingConsumer(TaskCompletionSource<ActivityTraceId> consumed) : IConsumer<ClientMerged>
{
    public Task Consume(ConsumeContext<ClientMerged> context)
    {
        consumed.TrySetResult(Activity.Current?.TraceId ?? default);
        return Task.CompletedTask;
    }
}
