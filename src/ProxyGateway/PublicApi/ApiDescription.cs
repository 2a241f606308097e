using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Clients;
using PhoneMasking.ProxyGateway.Numbers;
using PhoneMasking.ProxyGateway.Organisations;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.Sitters;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>What the OpenAPI description says beyond the routes and the records.</summary>
internal static class ApiDescription
{
    private const string Scheme = "apiKey";

    private static readonly Dictionary<Type, string> Examples = new()
    {
        [typeof(AddSitterRequest)] =
            """{ "name": "Ana Alvarez", "email": "ana@example.com", "phone": "(303) 555-0111" }""",
        [typeof(SearchSittersRequest)] = """{ "search": "ana", "limit": 50 }""",
        [typeof(AddClientRequest)] =
            """{ "name": "Maria Lopez", "email": "maria@example.com", "phones": ["+13035550171"] }""",
        [typeof(ChangeClientRequest)] = """{ "name": "Maria Lopez-Diaz" }""",
        [typeof(SearchClientsRequest)] = """{ "search": "lopez", "limit": 50 }""",
        [typeof(ImportNumbersRequest)] =
            """{ "text": "number,lifecycle\n+13035550151,pool\n+17205550134,standby", "lifecycle": "pool" }""",
        [typeof(CreateSessionRequest)] =
            """{ "sitterId": "019a0000-0000-7000-8000-000000000001", "clientId": "019a0000-0000-7000-8000-000000000002" }""",
        [typeof(CreateOrganisationRequest)] = """{ "name": "Happy Paws" }""",
        [typeof(CreateApiKeyRequest)] = """{ "name": "Zapier", "scopes": ["sitters:read", "sessions:write"] }""",
    };

    /// <summary>Names the API and how to authenticate.</summary>
    public static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken token)
    {
        document.Info = new OpenApiInfo
        {
            Title = "PhoneMasking",
            Version = "v1",
            Description = "Puts sitters and clients in touch without either seeing the other's number. Send an API key as "
                + "`Authorization: Bearer pmk_…`. Lists are paged: pass a page's `next` as `after`. Refusals are problem "
                + "details (RFC 9457) with a stable `type`.",
        };

        // Relative to where this was read: the service does not know its address behind a proxy.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.AddComponent<IOpenApiSecurityScheme>(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "pmk_…",
            Description = "The first key is printed by the command create-api-key.",
        });
        return Task.CompletedTask;
    }

    /// <summary>Says which scope an operation asks for.</summary>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken token)
    {
        var scope = context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredScope>().LastOrDefault();
        if (scope is not null)
        {
            operation.Description = $"Needs a key with the scope `{scope.Name}`.";
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] },
            ];
        }

        return Task.CompletedTask;
    }

    /// <summary>Describes types that write themselves to JSON, and gives each request an example.</summary>
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken token)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(E164Number))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^\\+[1-9][0-9]{6,14}$";
            schema.Examples = [JsonValue.Create("+13035550142")!];
        }
        else if (IsId(type))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "uuid";
        }
        else if (Examples.TryGetValue(type, out var example))
        {
            schema.Examples = [JsonNode.Parse(example)!];
        }

        return Task.CompletedTask;
    }

    private static bool IsId(Type type) => type.GetInterfaces().Any(implemented =>
        implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IId<>));
}
