using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.DeadLetters;

/// <summary>
/// Messages between the services that could not be processed. They are the installation's, not an organisation's. AlertService
/// keeps them and is asked over the bus.
/// </summary>
internal static class DeadLetterEndpoints
{
    private const string By = "api";

    public static void MapDeadLetters(this IEndpointRouteBuilder api)
    {
        var letters = api.MapGroup("/dead-letters").WithTags("Dead letters").ProducesProblem(StatusCodes.Status400BadRequest);

        letters.MapGet("/", ListDeadLettersPage)
            .RequireScope(Scopes.DeadLettersRead)
            .WithSummary("Lists messages that no service could process, newest first, without what they say");
        var letter = letters.MapGroup("/{id:guid}").ProducesProblem(StatusCodes.Status404NotFound);
        letter.MapGet("/", GetDeadLetter)
            .RequireScope(Scopes.DeadLettersRead)
            .WithSummary("Reads a dead letter: its queue, why it died and what was done with it");
        letter.MapPost("/send-again", SendDeadLetterAgain)
            .RequireScope(Scopes.DeadLettersWrite)
            .WithSummary("Puts a dead letter back into its queue; again, nothing more is sent")
            .ProducesProblem(StatusCodes.Status409Conflict);
        letter.MapPost("/discard", DiscardDeadLetter)
            .RequireScope(Scopes.DeadLettersWrite)
            .WithSummary("Throws a dead letter away for a reason; what it said is gone then")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<DeadLetterPage>, ApiProblem>> ListDeadLettersPage(
        OwningService service,
        CancellationToken cancellationToken,
        Word<DeadLetterState>? state = null,
        [StringLength(RequestRules.MaxName)] string? queue = null,
        Guid? after = null,
        [Range(1, RequestRules.MaxPage)] int limit = Paging.DefaultLimit) =>
        (await service.AskAsync<ListDeadLetters, DeadLetterPage>(
            new ListDeadLetters(after, limit, state?.Value, queue), cancellationToken)).As(TypedResults.Ok);

    private static Task<Results<Ok<DeadLetterView>, ApiProblem>> GetDeadLetter(
        Guid id, OwningService service, CancellationToken cancellationToken) =>
        AskAsync(new ReadDeadLetter(id), service, cancellationToken);

    private static Task<Results<Ok<DeadLetterView>, ApiProblem>> SendDeadLetterAgain(
        Guid id, ApiCaller caller, OwningService service, CancellationToken cancellationToken) =>
        AskAsync(new SendDeadLetterAgain(id, By, new ApiKeyId(caller.KeyId)), service, cancellationToken);

    private static Task<Results<Ok<DeadLetterView>, ApiProblem>> DiscardDeadLetter(
        Guid id,
        DiscardDeadLetterRequest request,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken) =>
        AskAsync(new DiscardDeadLetter(id, By, request.Why, new ApiKeyId(caller.KeyId)), service, cancellationToken);

    private static async Task<Results<Ok<DeadLetterView>, ApiProblem>> AskAsync<TRequest>(
        TRequest request, OwningService service, CancellationToken cancellationToken)
        where TRequest : class =>
        (await service.AskAsync<TRequest, DeadLetterView>(request, cancellationToken)).As(TypedResults.Ok);
}

/// <summary>Asks for a dead letter to be thrown away.</summary>
/// <param name="Why">Why, for the audit log; 1 to 200 characters, no telephone number.</param>
public sealed record DiscardDeadLetterRequest([Required, StringLength(200, MinimumLength = 1)] string Why)
{
    /// <summary>Leaves out the words.</summary>
    public override string ToString() => nameof(DiscardDeadLetterRequest);
}
