using MassTransit;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>Asks the service that owns what a request is about, and waits for the answer a short time only.</summary>
internal sealed partial class OwningService(IServiceProvider services, TimeProvider clock, ILogger<OwningService> logger)
{
    // The request's own limit is five seconds from its sending; a broker that is away keeps it from being sent.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <summary>Asks.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TAnswer">The answer when it is not refused.</typeparam>
    public async Task<ServiceAnswer<TAnswer>> AskAsync<TRequest, TAnswer>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TAnswer : class
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var client = services.GetRequiredService<IRequestClient<TRequest>>();
            var response = await client.GetResponse<TAnswer, Refused>(request, either.Token);
            return response.Message switch
            {
                TAnswer answer => new ServiceAnswer<TAnswer>(answer, null),
                Refused refused => new ServiceAnswer<TAnswer>(null, RefusedProblem.Of(refused)),
                _ => new ServiceAnswer<TAnswer>(null, RefusedProblem.ServiceAway()),
            };
        }
        catch (Exception failure) when (
            failure is RequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogNoAnswer(typeof(TRequest).Name, failure.GetType().Name);
            return new ServiceAnswer<TAnswer>(null, RefusedProblem.ServiceAway());
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "No answer to {Request}: {Failure}")]
    private partial void LogNoAnswer(string request, string failure);
}

/// <summary>What a service answered: one of the two.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Problem">Why there is none.</param>
internal readonly record struct ServiceAnswer<T>(T? Value, ApiProblem? Problem)
    where T : class
{
    /// <summary>Makes the endpoint's result of the answer, or passes the problem on.</summary>
    public Microsoft.AspNetCore.Http.HttpResults.Results<TResult, ApiProblem> As<TResult>(Func<T, TResult> result)
        where TResult : IResult => Value is null ? Problem! : result(Value);
}
