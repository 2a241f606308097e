using System.Data.Common;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.NumberService.Allocation;

/// <summary>Gives a pool number to a client. Idempotent: a client has one number.</summary>
internal sealed partial class AllocateNumberConsumer(
    NumberAllocator allocator,
    PoolCount pool,
    ILogger<AllocateNumberConsumer> logger) : IConsumer<AllocateNumber>
{
    public async Task Consume(ConsumeContext<AllocateNumber> context)
    {
        var request = context.Message;
        var allocation = await AllocateAsync(request, context.CancellationToken);
        switch (allocation.Result)
        {
            case AllocationResult.Allocated:
                LogAllocated(allocation.NumberId!.Value, request.ClientId);
                await LogPoolAsync(request.OrganisationId, context.CancellationToken);
                break;
            case AllocationResult.PoolEmpty:
                LogPoolEmpty(request.OrganisationId, request.ClientId);
                break;
            default:
                break;
        }

        await context.RespondAsync(allocation);
    }

    // The caller waits for an answer: a fault is told at once rather than tried for an hour. Asking again is harmless.
    private async Task<NumberAllocation> AllocateAsync(AllocateNumber request, CancellationToken cancellationToken)
    {
        try
        {
            return await allocator.AllocateAsync(request, cancellationToken);
        }
        catch (Exception failure) when (IsDatabaseFault(failure))
        {
            LogError(request.OrganisationId, request.ClientId, failure.GetBaseException().GetType().Name);
            return new NumberAllocation(AllocationResult.AllocationError);
        }
    }

    private async Task LogPoolAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        try
        {
            var left = await pool.ReadAsync(organisation, cancellationToken);
            LogSuccess(organisation, left.Available, left.Reserved, left.Assigned);
            if (!left.Healthy)
            {
                LogLow(organisation, left.Available, left.WarningThreshold);
            }
        }
        catch (Exception failure) when (IsDatabaseFault(failure))
        {
            // The number is given; what is left is only for the log.
            LogNotCounted(organisation, failure.GetBaseException().GetType().Name);
        }
    }

    private static bool IsDatabaseFault(Exception failure) =>
        failure is DbException or DbUpdateException or TimeoutException || DatabaseFault.IsTransient(failure);

    [LoggerMessage(
        EventId = 1,
        EventName = "NUMBER_ALLOCATED",
        Level = LogLevel.Information,
        Message = "Number {NumberId} was given to client {ClientId} alone")]
    private partial void LogAllocated(NumberId numberId, ClientId clientId);

    [LoggerMessage(
        EventId = 2,
        EventName = "POOL_ALLOCATION_SUCCESS",
        Level = LogLevel.Information,
        Message = "Pool of organisation {OrganisationId} after an allocation: {Available} available, {Reserved} reserved, {Assigned} assigned")]
    private partial void LogSuccess(OrganisationId organisationId, int available, int reserved, int assigned);

    [LoggerMessage(
        EventId = 3,
        EventName = "POOL_EMPTY",
        Level = LogLevel.Warning,
        Message = "No number of organisation {OrganisationId} is free for client {ClientId}")]
    private partial void LogPoolEmpty(OrganisationId organisationId, ClientId clientId);

    [LoggerMessage(
        EventId = 4,
        EventName = "POOL_ALLOCATION_ERROR",
        Level = LogLevel.Error,
        Message = "No number could be given in organisation {OrganisationId} to client {ClientId}: {Failure}")]
    private partial void LogError(OrganisationId organisationId, ClientId clientId, string failure);

    [LoggerMessage(
        EventId = 5,
        EventName = "POOL_LOW",
        Level = LogLevel.Warning,
        Message = "Pool of organisation {OrganisationId} is low: {Available} available, {Threshold} wanted")]
    private partial void LogLow(OrganisationId organisationId, int available, int threshold);

    [LoggerMessage(
        EventId = 6,
        Level = LogLevel.Warning,
        Message = "Pool of organisation {OrganisationId} could not be counted: {Failure}")]
    private partial void LogNotCounted(OrganisationId organisationId, string failure);
}

internal sealed class AllocateNumberConsumerDefinition()
    : ServiceConsumerDefinition<AllocateNumberConsumer>("number-service.allocate-number", concurrency: 16);
