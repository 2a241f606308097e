using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.TestServers;

namespace PhoneMasking.ServiceDefaults.Tests.Messaging;

/// <summary>Whoever asks the bus for audited events gets each event, whatever its type, with its ids.</summary>
public sealed class AuditedEventTests
{
    [Fact]
    public async Task Events_ConsumedAsAudited_KeepTheirIdsAndTheNameOfTheirType()
    {
        var servers = await TestInfrastructure.GetAsync();
        await using var database = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var broker = await servers.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        await using var service = await SampleService.StartAsync(
            database.ConnectionString,
            broker.ConnectionString,
            bus => bus.AddConsumer<AuditingConsumer, AuditingConsumerDefinition>(),
            builder => builder.Services.AddSingleton<Audited>());
        var audited = service.Services.GetRequiredService<Audited>();
        var number = E164Number.Parse("+13035550142");
        var merged = SampleEvents.Merged();
        var sent = SampleEvents.Sent();
        var sitter = new SitterChanged(
            OrganisationId.Default, sent.SitterId!.Value, "Ana", number, NumberId.New(sent.OccurredAt), number, false, 3, sent.OccurredAt);

        await service.CommitAsync(merged);
        await service.CommitAsync(sent);
        await service.CommitAsync(sitter);

        await Eventually.HoldsAsync(() => audited.Events.Count == 3);
        Same(merged, audited.Events[nameof(ClientMerged)]);
        Same(sent, audited.Events[nameof(MessageSent)]);
        Same(sitter, audited.Events[nameof(SitterChanged)]);
    }

    private static void Same(IAuditedEvent published, IAuditedEvent seen) => Assert.All(
        typeof(IAuditedEvent).GetProperties(),
        property => Assert.Equal(property.GetValue(published), property.GetValue(seen)));
}

internal sealed class Audited
{
    public ConcurrentDictionary<string, IAuditedEvent> Events { get; } = new();
}

internal sealed class AuditingConsumer(Audited audited) : IConsumer<IAuditedEvent>
{
    public Task Consume(ConsumeContext<IAuditedEvent> context)
    {
        audited.Events[context.SupportedMessageTypes.First().Split(':')[^1]] = context.Message;
        return Task.CompletedTask;
    }
}

internal sealed class AuditingConsumerDefinition() : ServiceConsumerDefinition<AuditingConsumer>("sample.audit", 10);
