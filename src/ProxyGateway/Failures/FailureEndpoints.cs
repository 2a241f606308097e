using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.Failures;

/// <summary>Texts that failed. AlertService keeps them and is asked over the bus.</summary>
internal static class FailureEndpoints
{
    public static void MapFailures(this IEndpointRouteBuilder api) =>
        api.MapGet("/failures", ListFailuresPage)
            .WithTags("Messages")
            .RequireScope(Scopes.TextsRead)
            .WithSummary("Lists texts that failed, newest first, with their retries and who was told")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<FailurePage>, ApiProblem>> ListFailuresPage(
        ApiCaller caller,
        OwningService service,
        CancellationToken cancellationToken,
        Word<FailureClass>? @class = null,
        [Range(1, 999_999)] int? code = null,
        Guid? sitterId = null,
        Guid? clientId = null,
        Guid? after = null,
        [Range(1, RequestRules.MaxPage)] int limit = Paging.DefaultLimit)
    {
        var request = new ListFailures(
            caller.OrganisationId,
            after is { } last ? new MessageId(last) : null,
            limit,
            @class?.Value,
            code,
            sitterId is { } sitter ? new SitterId(sitter) : null,
            clientId is { } client ? new ClientId(client) : null);
        return (await service.AskAsync<ListFailures, FailurePage>(request, cancellationToken)).As(TypedResults.Ok);
    }
}
