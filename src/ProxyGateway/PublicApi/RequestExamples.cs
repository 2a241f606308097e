using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Audit;
using PhoneMasking.ProxyGateway.Clients;
using PhoneMasking.ProxyGateway.DeadLetters;
using PhoneMasking.ProxyGateway.Numbers;
using PhoneMasking.ProxyGateway.Organisations;
using PhoneMasking.ProxyGateway.Pool;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.Sitters;

namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>An example of each request body, for the description of the API.</summary>
internal static class RequestExamples
{
    public static readonly IReadOnlyDictionary<Type, string> All = new Dictionary<Type, string>
    {
        [typeof(AddSitterRequest)] =
            """{ "name": "Ana Alvarez", "email": "ana@example.com", "phone": "(303) 555-0111" }""",
        [typeof(ChangeSitterRequest)] = """{ "phone": "(303) 555-0112" }""",
        [typeof(SearchSittersRequest)] = """{ "search": "ana", "limit": 50 }""",
        [typeof(AddClientRequest)] =
            """{ "name": "Maria Lopez", "email": "maria@example.com", "phones": ["+13035550171"] }""",
        [typeof(ChangeClientRequest)] = """{ "name": "Maria Lopez-Diaz" }""",
        [typeof(SearchClientsRequest)] = """{ "search": "lopez", "limit": 50 }""",
        [typeof(ImportNumbersRequest)] =
            """{ "text": "number,lifecycle\n+13035550151,pool\n+17205550134,standby", "lifecycle": "pool", "attach": true }""",
        [typeof(BuyNumbersRequest)] = """{ "lifecycle": "pool", "count": 2, "areaCode": "303" }""",
        [typeof(AssignNumberRequest)] = """{ "sitterId": "019a0000-0000-7000-8000-000000000001" }""",
        [typeof(AllocateNumberRequest)] = """{ "clientId": "019a0000-0000-7000-8000-000000000002" }""",
        [typeof(CreateSessionRequest)] =
            """{ "sitterId": "019a0000-0000-7000-8000-000000000001", "clientId": "019a0000-0000-7000-8000-000000000002" }""",
        [typeof(SearchAuditRequest)] = """{ "search": "sitter removed", "filter": { "category": "Messaging" }, "limit": 50 }""",
        [typeof(DiscardDeadLetterRequest)] = """{ "why": "The sitter was removed since" }""",
        [typeof(CreateOrganisationRequest)] = """{ "name": "Happy Paws" }""",
        [typeof(CreateApiKeyRequest)] = """{ "name": "Zapier", "scopes": ["sitters:read", "sessions:write"] }""",
    };
}
