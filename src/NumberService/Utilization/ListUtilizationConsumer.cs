using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.NumberService.Utilization;

/// <summary>Answers with utilization over time. Changes nothing.</summary>
internal sealed class ListUtilizationConsumer(UtilizationLog utilization) : IConsumer<ListUtilization>
{
    private const int MaxDays = 400;
    private const int MinPoints = 2;
    private const int MaxPoints = 1_000;

    public async Task Consume(ConsumeContext<ListUtilization> context)
    {
        var request = context.Message;
        if (Check(request) is { } refused)
        {
            await context.RespondAsync(refused);
            return;
        }

        await context.RespondAsync(new UtilizationHistory(await utilization.ReadAsync(
            request.OrganisationId,
            request.From.ToUniversalTime(),
            request.To.ToUniversalTime(),
            request.MaxPoints,
            context.CancellationToken)));
    }

    private static Refused? Check(ListUtilization request)
    {
        if (request.To <= request.From || request.To - request.From > TimeSpan.FromDays(MaxDays))
        {
            return RequestRules.Invalid(
                "invalid-period", $"The period's end must be later than its start, by at most {MaxDays} days.", "to");
        }

        return request.MaxPoints is < MinPoints or > MaxPoints
            ? RequestRules.Invalid("points-out-of-range", $"Ask for {MinPoints} to {MaxPoints} points.", "maxPoints")
            : null;
    }
}

internal sealed class ListUtilizationConsumerDefinition()
    : ServiceConsumerDefinition<ListUtilizationConsumer>("number-service.list-utilization", concurrency: 4);
