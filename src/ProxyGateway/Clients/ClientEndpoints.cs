using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Idempotency;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.Clients;

/// <summary>Clients. SyncService owns them and is asked over the bus.</summary>
internal static class ClientEndpoints
{
    public static void MapClients(this IEndpointRouteBuilder api)
    {
        var clients = api.MapGroup("/clients")
            .WithTags("Clients")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        clients.MapGet("/", ListClientsPage)
            .RequireScope(Scopes.ClientsRead)
            .WithSummary("Lists clients, oldest first");
        clients.MapPost("/search", SearchClients)
            .RequireScope(Scopes.ClientsRead)
            .WithSummary("Finds clients by part of their name")
            .ReadingOnly();
        clients.MapGet("/{id:guid}", GetClient)
            .RequireScope(Scopes.ClientsRead)
            .WithName(nameof(GetClient))
            .WithSummary("Reads a client")
            .ProducesProblem(StatusCodes.Status404NotFound);
        clients.MapPost("/", AddClient)
            .RequireScope(Scopes.ClientsWrite)
            .WithSummary("Adds a client, or names the unknown sender who has one of the phones")
            .ProducesProblem(StatusCodes.Status409Conflict);
        clients.MapPatch("/{id:guid}", ChangeClient)
            .RequireScope(Scopes.ClientsWrite)
            .WithSummary("Changes a client; what is left out stays")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ClientPage>, ApiProblem>> ListClientsPage(
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken,
        Guid? after = null,
        [Range(1, RequestRules.MaxPage)] int limit = Paging.DefaultLimit)
    {
        var request = new ListClients(caller.OrganisationId, IdOf(after), limit);
        return (await service.AskAsync<ListClients, ClientPage>(request, cancellationToken)).As(TypedResults.Ok);
    }

    private static async Task<Results<Ok<ClientPage>, ApiProblem>> SearchClients(
        SearchClientsRequest request,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var search = new ListClients(caller.OrganisationId, IdOf(request.After), request.Limit, request.Search);
        return (await service.AskAsync<ListClients, ClientPage>(search, cancellationToken)).As(TypedResults.Ok);
    }

    private static async Task<Results<Ok<ClientView>, ApiProblem>> GetClient(
        Guid id,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var request = new ReadClient(caller.OrganisationId, new ClientId(id));
        return (await service.AskAsync<ReadClient, ClientView>(request, cancellationToken)).As(TypedResults.Ok);
    }

    private static async Task<Results<CreatedAtRoute<ClientView>, ApiProblem>> AddClient(
        AddClientRequest request,
        RequestId requestId,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var add = new AddClient(caller.OrganisationId, requestId.Value, request.Name, request.Email, request.Phones);
        return (await service.AskAsync<AddClient, ClientView>(add, cancellationToken))
            .As(client => TypedResults.CreatedAtRoute(client, nameof(GetClient), new { id = client.Id.Value }));
    }

    private static async Task<Results<Ok<ClientView>, ApiProblem>> ChangeClient(
        Guid id,
        ChangeClientRequest request,
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken)
    {
        var change = new ChangeClient(
            caller.OrganisationId, new ClientId(id), request.Name, request.Email, request.Phones);
        return (await service.AskAsync<ChangeClient, ClientView>(change, cancellationToken)).As(TypedResults.Ok);
    }

    private static ClientId? IdOf(Guid? id) => id is { } given ? new ClientId(given) : null;
}

/// <summary>Asks for a new client.</summary>
/// <param name="Name">Full name, 1 to 100 characters: what sitters see.</param>
/// <param name="Phones">One to ten phones, in any usual form.</param>
/// <param name="Email">E-mail address, if known.</param>
public sealed record AddClientRequest(
    [Required, StringLength(RequestRules.MaxName, MinimumLength = 1)] string Name,
    [Required, MinLength(1), MaxLength(10)] IReadOnlyList<string> Phones,
    [StringLength(254)] string? Email = null)
{
    /// <summary>Leaves everything out: it is personal data.</summary>
    public override string ToString() => nameof(AddClientRequest);
}

/// <summary>Asks for changes to a client; what is left out stays.</summary>
/// <param name="Name">New full name, 1 to 100 characters.</param>
/// <param name="Email">New e-mail address.</param>
/// <param name="Phones">All phones from now on, one to ten.</param>
public sealed record ChangeClientRequest(
    [StringLength(RequestRules.MaxName, MinimumLength = 1)] string? Name = null,
    [StringLength(254)] string? Email = null,
    [MinLength(1), MaxLength(10)] IReadOnlyList<string>? Phones = null)
{
    /// <summary>Leaves everything out: it is personal data.</summary>
    public override string ToString() => nameof(ChangeClientRequest);
}

/// <summary>Asks for clients by name. A body, because what people search for does not belong in a URL.</summary>
/// <param name="Search">Part of a name, in any case.</param>
/// <param name="After">The page before's <c>next</c>.</param>
/// <param name="Limit">How many, 1 to 200.</param>
public sealed record SearchClientsRequest(
    [Required, StringLength(RequestRules.MaxName)] string Search,
    Guid? After = null,
    [Range(1, RequestRules.MaxPage)] int Limit = 50)
{
    /// <summary>Leaves everything out: it is personal data.</summary>
    public override string ToString() => nameof(SearchClientsRequest);
}
