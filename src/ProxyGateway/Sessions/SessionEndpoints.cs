using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.Sessions;

internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/sessions").WithTags("Sessions");

        sessions.MapGet("/", ListSessionsPage)
            .RequireScope(Scopes.SessionsRead)
            .WithSummary("Lists sessions, newest first; open ones only when asked")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        sessions.MapGet("/{id:guid}", GetSession)
            .RequireScope(Scopes.SessionsRead)
            .WithName(nameof(GetSession))
            .WithSummary("Reads a session")
            .ProducesProblem(StatusCodes.Status404NotFound);
        sessions.MapPost("/", OpenSession)
            .RequireScope(Scopes.SessionsWrite)
            .WithSummary("Puts a sitter and a client in touch: 201 when it opens a session, 200 when one is open already")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        sessions.MapPost("/{id:guid}/extend", ExtendSession)
            .RequireScope(Scopes.SessionsWrite)
            .WithSummary("Restarts a session's time to live")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        sessions.MapDelete("/{id:guid}", CloseSession)
            .RequireScope(Scopes.SessionsWrite)
            .WithSummary("Closes a session; closing it again changes nothing")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<SessionPage>> ListSessionsPage(
        ApiCaller caller,
        GatewayDbContext db,
        CancellationToken cancellationToken,
        bool open = false,
        Guid? after = null,
        [Range(1, RequestRules.MaxPage)] int limit = Paging.DefaultLimit)
    {
        var request = new ListSessions(caller.OrganisationId, after is { } id ? new SessionId(id) : null, limit, open);
        return TypedResults.Ok(await SessionList.ReadAsync(db, request, cancellationToken));
    }

    private static async Task<Results<Ok<SessionView>, ApiProblem>> GetSession(
        Guid id,
        ApiCaller caller,
        SessionDesk desk,
        CancellationToken cancellationToken) =>
        await desk.ReadAsync(caller.OrganisationId, new SessionId(id), cancellationToken) switch
        {
            SessionOutcome.Present(var session) => TypedResults.Ok(session),
            var refused => Problems.Of(refused),
        };

    private static async Task<Results<CreatedAtRoute<SessionView>, Ok<SessionView>, ApiProblem>> OpenSession(
        CreateSessionRequest request,
        ApiCaller caller,
        SessionDesk desk,
        CancellationToken cancellationToken) =>
        await desk.OpenAsync(
            caller.OrganisationId, new SitterId(request.SitterId!.Value), new ClientId(request.ClientId!.Value), cancellationToken) switch
        {
            SessionOutcome.Opened(var session) =>
                TypedResults.CreatedAtRoute(session, nameof(GetSession), new { id = session.Id.Value }),
            SessionOutcome.Present(var session) => TypedResults.Ok(session),
            var refused => Problems.Of(refused),
        };

    private static async Task<Results<Ok<SessionView>, ApiProblem>> ExtendSession(
        Guid id,
        ApiCaller caller,
        SessionDesk desk,
        CancellationToken cancellationToken) =>
        await desk.ExtendAsync(caller.OrganisationId, new SessionId(id), new ApiKeyId(caller.KeyId), cancellationToken) switch
        {
            SessionOutcome.Present(var session) => TypedResults.Ok(session),
            var refused => Problems.Of(refused),
        };

    private static async Task<Results<NoContent, ApiProblem>> CloseSession(
        Guid id,
        ApiCaller caller,
        SessionDesk desk,
        CancellationToken cancellationToken) =>
        await desk.CloseAsync(caller.OrganisationId, new SessionId(id), cancellationToken) switch
        {
            SessionOutcome.Closed => TypedResults.NoContent(),
            var refused => Problems.Of(refused),
        };
}

/// <summary>Asks for a session.</summary>
/// <param name="SitterId">The sitter.</param>
/// <param name="ClientId">The client.</param>
public sealed record CreateSessionRequest([Required] Guid? SitterId, [Required] Guid? ClientId);
