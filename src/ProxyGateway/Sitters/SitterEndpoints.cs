using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Idempotency;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.Sitters;

/// <summary>Sitters. NumberService owns them and is asked over the bus.</summary>
internal static class SitterEndpoints
{
    public static void MapSitters(this IEndpointRouteBuilder api)
    {
        var sitters = api.MapGroup("/sitters")
            .WithTags("Sitters")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        sitters.MapGet("/", ListSittersPage)
            .RequireScope(Scopes.SittersRead)
            .WithSummary("Lists sitters, oldest first, the removed ones included");
        sitters.MapPost("/search", SearchSitters)
            .RequireScope(Scopes.SittersRead)
            .WithSummary("Finds sitters by part of their name")
            .ReadingOnly();
        sitters.MapGet("/{id:guid}", GetSitter)
            .RequireScope(Scopes.SittersRead)
            .WithName(nameof(GetSitter))
            .WithSummary("Reads a sitter")
            .ProducesProblem(StatusCodes.Status404NotFound);
        sitters.MapPost("/", AddSitter)
            .RequireScope(Scopes.SittersWrite)
            .WithSummary("Adds a sitter, who gets a standby Reserved number that is ready, and else one that is bought now")
            .ProducesProblem(StatusCodes.Status409Conflict);
        sitters.MapPatch("/{id:guid}", ChangeSitter)
            .RequireScope(Scopes.SittersWrite)
            .WithSummary("Changes a sitter's name, e-mail address or phone; what is left out stays")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        sitters.MapDelete("/{id:guid}", RemoveSitter)
            .RequireScope(Scopes.SittersWrite)
            .WithSummary("Removes a sitter: the number becomes standby, open sessions close")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<SitterPage>, ApiProblem>> ListSittersPage(
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken,
        Guid? after = null,
        [Range(1, RequestRules.MaxPage)] int limit = Paging.DefaultLimit)
    {
        var request = new ListSitters(caller.OrganisationId, IdOf(after), limit);
        return (await service.AskAsync<ListSitters, SitterPage>(request, cancellationToken)).As(TypedResults.Ok);
    }

    private static async Task<Results<Ok<SitterPage>, ApiProblem>> SearchSitters(
        SearchSittersRequest request,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var search = new ListSitters(caller.OrganisationId, IdOf(request.After), request.Limit, request.Search);
        return (await service.AskAsync<ListSitters, SitterPage>(search, cancellationToken)).As(TypedResults.Ok);
    }

    private static async Task<Results<Ok<SitterView>, ApiProblem>> GetSitter(
        Guid id,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var request = new ReadSitter(caller.OrganisationId, new SitterId(id));
        return (await service.AskAsync<ReadSitter, SitterView>(request, cancellationToken)).As(TypedResults.Ok);
    }

    private static async Task<Results<CreatedAtRoute<SitterView>, ApiProblem>> AddSitter(
        AddSitterRequest request,
        RequestId requestId,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var add = new AddSitter(caller.OrganisationId, requestId.Value, request.Name, request.Email, request.Phone);
        return (await service.AskAsync<AddSitter, SitterView>(add, cancellationToken))
            .As(sitter => TypedResults.CreatedAtRoute(sitter, nameof(GetSitter), new { id = sitter.Id.Value }));
    }

    private static async Task<Results<Ok<SitterView>, ApiProblem>> ChangeSitter(
        Guid id,
        ChangeSitterRequest request,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var change = new ChangeSitter(
            caller.OrganisationId, new SitterId(id), request.Name, request.Email, request.Phone);
        return (await service.AskAsync<ChangeSitter, SitterView>(change, cancellationToken)).As(TypedResults.Ok);
    }

    private static async Task<Results<NoContent, ApiProblem>> RemoveSitter(
        Guid id,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var request = new RemoveSitter(caller.OrganisationId, new SitterId(id));
        return (await service.AskAsync<RemoveSitter, SitterView>(request, cancellationToken))
            .As(_ => TypedResults.NoContent());
    }

    private static SitterId? IdOf(Guid? id) => id is { } given ? new SitterId(given) : null;
}

/// <summary>Asks for a new sitter.</summary>
/// <param name="Name">Full name, 1 to 100 characters.</param>
/// <param name="Phone">The sitter's own phone, in any usual form.</param>
/// <param name="Email">E-mail address, if known.</param>
public sealed record AddSitterRequest(
    [Required, StringLength(RequestRules.MaxName, MinimumLength = 1)] string Name,
    [Required, StringLength(40, MinimumLength = 1)] string Phone,
    [StringLength(254)] string? Email = null)
{
    /// <summary>Leaves everything out: it is personal data.</summary>
    public override string ToString() => nameof(AddSitterRequest);
}

/// <summary>Asks for changes to a sitter; what is left out stays.</summary>
/// <param name="Name">New full name, 1 to 100 characters.</param>
/// <param name="Email">New e-mail address; empty removes it.</param>
/// <param name="Phone">New phone, in any usual form.</param>
public sealed record ChangeSitterRequest(
    [StringLength(RequestRules.MaxName, MinimumLength = 1)] string? Name = null,
    [StringLength(254)] string? Email = null,
    [StringLength(40, MinimumLength = 1)] string? Phone = null)
{
    /// <summary>Leaves everything out: it is personal data.</summary>
    public override string ToString() => nameof(ChangeSitterRequest);
}

/// <summary>Asks for sitters by name. A body, because what people search for does not belong in a URL.</summary>
/// <param name="Search">Part of a name, in any case.</param>
/// <param name="After">The page before's <c>next</c>.</param>
/// <param name="Limit">How many, 1 to 200.</param>
public sealed record SearchSittersRequest(
    [Required, StringLength(RequestRules.MaxName)] string Search,
    Guid? After = null,
    [Range(1, RequestRules.MaxPage)] int Limit = 50)
{
    /// <summary>Leaves everything out: it is personal data.</summary>
    public override string ToString() => nameof(SearchSittersRequest);
}
