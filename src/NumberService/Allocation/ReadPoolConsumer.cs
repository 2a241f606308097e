using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;

namespace PhoneMasking.NumberService.Allocation;

/// <summary>Answers how full the pool is. Changes nothing.</summary>
internal sealed class ReadPoolConsumer(PoolCount pool) : IConsumer<ReadPool>
{
    public async Task Consume(ConsumeContext<ReadPool> context) =>
        await context.RespondAsync(await pool.ReadAsync(context.Message.OrganisationId, context.CancellationToken));
}

internal sealed class ReadPoolConsumerDefinition()
    : ServiceConsumerDefinition<ReadPoolConsumer>("number-service.read-pool", concurrency: 8);
