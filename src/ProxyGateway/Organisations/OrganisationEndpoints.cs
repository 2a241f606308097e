using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Idempotency;
using PhoneMasking.ProxyGateway.PublicApi;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.ProxyGateway.Organisations;

/// <summary>Businesses that use this installation. A key sees its own only.</summary>
internal static class OrganisationEndpoints
{
    public static void MapOrganisations(this IEndpointRouteBuilder api)
    {
        var organisations = api.MapGroup("/organisations").WithTags("Organisations");

        organisations.MapGet("/", ListOrganisations)
            .RequireScope(Scopes.OrganisationsRead)
            .WithSummary("Lists the organisations that the key sees: its own");
        organisations.MapGet("/{id:guid}", GetOrganisation)
            .RequireScope(Scopes.OrganisationsRead)
            .WithName(nameof(GetOrganisation))
            .WithSummary("Reads the key's own organisation")
            .ProducesProblem(StatusCodes.Status404NotFound);
        organisations.MapPost("/", CreateOrganisation)
            .RequireScope(Scopes.OrganisationsWrite)
            .WithSummary("Creates an organisation with its first key, which is shown this once")
            .ShowingASecret()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Ok<OrganisationPage>> ListOrganisations(
        ApiCaller caller,
        OrganisationBook book,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(new OrganisationPage(
            [OrganisationView.Of(await book.ReadAsync(caller.OrganisationId, cancellationToken))], null));

    private static async Task<Results<Ok<OrganisationView>, ApiProblem>> GetOrganisation(
        Guid id,
        ApiCaller caller,
        OrganisationBook book,
        CancellationToken cancellationToken) =>
        id == caller.OrganisationId.Value
            ? TypedResults.Ok(OrganisationView.Of(await book.ReadAsync(caller.OrganisationId, cancellationToken)))
            : Problems.UnknownOrganisation();

    private static async Task<Results<Created<CreatedOrganisation>, ApiProblem>> CreateOrganisation(
        CreateOrganisationRequest request,
        OrganisationBook book,
        CancellationToken cancellationToken)
    {
        if (RequestRules.Name(request.Name) is { } refused)
        {
            return RefusedProblem.Of(refused);
        }

        var (organisation, secret) = await book.CreateAsync(request.Name.Trim(), cancellationToken);

        // No Location: only the new organisation's own key may read it.
        return TypedResults.Created(
            (string?)null, new CreatedOrganisation(OrganisationView.Of(organisation), secret.Reveal()));
    }
}

/// <summary>Asks for a new organisation.</summary>
/// <param name="Name">Its name, 1 to 100 characters.</param>
public sealed record CreateOrganisationRequest(
    [Required, StringLength(RequestRules.MaxName, MinimumLength = 1)] string Name);

/// <summary>An organisation.</summary>
/// <param name="Id">The organisation.</param>
/// <param name="Name">Its name.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
internal sealed record OrganisationView(OrganisationId Id, string Name, DateTimeOffset CreatedAt)
{
    public static OrganisationView Of(Organisation organisation) =>
        new(organisation.Id, organisation.Name, organisation.CreatedAt);
}

/// <summary>A page of organisations.</summary>
/// <param name="Items">The organisations of this page.</param>
/// <param name="Next">Always none: a key sees one organisation.</param>
internal sealed record OrganisationPage(IReadOnlyList<OrganisationView> Items, OrganisationId? Next);

/// <summary>An organisation that was just created.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="FirstKey">Its first key, with every scope but <c>organisations:write</c>. It is shown this once.</param>
internal sealed record CreatedOrganisation(OrganisationView Organisation, string FirstKey)
{
    public override string ToString() => $"CreatedOrganisation {Organisation.Id}";
}
