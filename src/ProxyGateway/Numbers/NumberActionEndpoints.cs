using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Idempotency;
using PhoneMasking.ProxyGateway.PublicApi;

namespace PhoneMasking.ProxyGateway.Numbers;

/// <summary>What can be done to a number. Each answers the number as it is then; what its state forbids is 409.</summary>
internal static class NumberActionEndpoints
{
    public static void MapNumberActions(this IEndpointRouteBuilder numbers)
    {
        numbers.MapPost("/", BuyNumbers)
            .RequireScope(Scopes.NumbersWrite)
            .WithSummary("Orders numbers; each is then bought, attached and verified by itself")
            .ProducesProblem(StatusCodes.Status409Conflict);
        var number = numbers.MapGroup("/{id:guid}")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        number.MapPost("/attach", AttachNumber)
            .RequireScope(Scopes.NumbersWrite)
            .WithSummary("Runs the Attach-Number routine and the verification again, also after a failure");
        number.MapPost("/verify", VerifyNumber)
            .RequireScope(Scopes.NumbersWrite)
            .WithSummary("Sends the test text again; the number is pending until it arrives");
        number.MapPost("/assign", AssignNumber)
            .RequireScope(Scopes.NumbersWrite)
            .WithSummary("Gives a standby number that is ready to a sitter without one, or whose number failed");
        number.MapPost("/release", ReleaseNumber)
            .RequireScope(Scopes.NumbersWrite)
            .WithSummary("Takes a number from its sitter (it becomes standby) or its client (it returns to the pool); it rests first");
        number.MapDelete("/", RetireNumber)
            .RequireScope(Scopes.NumbersWrite)
            .WithSummary("Gives a number back to Twilio, or drops an order that has bought nothing yet; not while it is in use");
    }

    private static async Task<Results<Accepted<OrderedNumbers>, ApiProblem>> BuyNumbers(
        BuyNumbersRequest request,
        RequestId requestId,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var buy = new BuyNumbers(
            caller.OrganisationId, requestId.Value, request.Lifecycle.ToLifecycle(), request.Count, request.AreaCode);
        return (await service.AskAsync<BuyNumbers, OrderedNumbers>(buy, cancellationToken))
            .As(orders => TypedResults.Accepted((string?)null, orders));
    }

    private static Task<Results<Ok<NumberView>, ApiProblem>> AttachNumber(
        Guid id,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken) =>
        AskAsync(service, new AttachNumber(caller.OrganisationId, new NumberId(id)), cancellationToken);

    private static Task<Results<Ok<NumberView>, ApiProblem>> VerifyNumber(
        Guid id,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken) =>
        AskAsync(service, new VerifyNumber(caller.OrganisationId, new NumberId(id)), cancellationToken);

    private static Task<Results<Ok<NumberView>, ApiProblem>> AssignNumber(
        Guid id,
        AssignNumberRequest request,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken) =>
        AskAsync(
            service,
            new AssignNumber(caller.OrganisationId, new NumberId(id), new SitterId(request.SitterId!.Value)),
            cancellationToken);

    private static Task<Results<Ok<NumberView>, ApiProblem>> ReleaseNumber(
        Guid id,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken) =>
        AskAsync(service, new ReleaseNumber(caller.OrganisationId, new NumberId(id)), cancellationToken);

    private static Task<Results<Ok<NumberView>, ApiProblem>> RetireNumber(
        Guid id,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken) =>
        AskAsync(service, new RetireNumber(caller.OrganisationId, new NumberId(id)), cancellationToken);

    private static async Task<Results<Ok<NumberView>, ApiProblem>> AskAsync<TRequest>(
        OwningService service,
        TRequest request,
        CancellationToken cancellationToken)
        where TRequest : class =>
        (await service.AskAsync<TRequest, NumberView>(request, cancellationToken)).As(TypedResults.Ok);
}

/// <summary>Orders numbers.</summary>
/// <param name="Lifecycle">What they are for.</param>
/// <param name="Count">How many, 1 to 50.</param>
/// <param name="AreaCode">The US area code, three digits, tried before the configured ones.</param>
public sealed record BuyNumbersRequest(
    StartingLifecycle Lifecycle = StartingLifecycle.Pool,
    [Range(1, 50)] int Count = 1,
    [RegularExpression("[2-9][0-9]{2}")] string? AreaCode = null);

/// <summary>Asks for a number to be given to a sitter.</summary>
/// <param name="SitterId">An active sitter.</param>
public sealed record AssignNumberRequest([Required] Guid? SitterId);
