using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Tests.Audit;

/// <summary>Makes an event of any kind with every member filled.</summary>
internal static class AuditedEventSample
{
    public static IAuditedEvent Of(string name, OrganisationId organisation, DateTimeOffset at)
    {
        var type = typeof(IAuditedEvent).Assembly.GetType($"PhoneMasking.Contracts.{name}", throwOnError: true)!;
        var constructor = type.GetConstructors().Single();
        var values = constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, organisation, at));
        return (IAuditedEvent)constructor.Invoke([.. values]);
    }

    private static object Value(Type type, OrganisationId organisation, DateTimeOffset at) => type switch
    {
        _ when type == typeof(OrganisationId) => organisation,
        _ when type == typeof(SitterId) || type == typeof(SitterId?) => SitterId.New(at),
        _ when type == typeof(ClientId) || type == typeof(ClientId?) => ClientId.New(at),
        _ when type == typeof(NumberId) || type == typeof(NumberId?) => NumberId.New(at),
        _ when type == typeof(SessionId) || type == typeof(SessionId?) => SessionId.New(at),
        _ when type == typeof(MessageId) || type == typeof(MessageId?) => MessageId.New(at),
        _ when type == typeof(ApiKeyId) => ApiKeyId.New(at),
        _ when type == typeof(Guid) => Guid.CreateVersion7(at),
        _ when type == typeof(DateTimeOffset) => at,
        _ when type == typeof(E164Number) => E164Number.Parse("+13035550142"),
        _ when type == typeof(IReadOnlyList<E164Number>) => new[] { E164Number.Parse("+13035550142") },
        _ when type == typeof(IReadOnlyList<string>) => new[] { "a-word" },
        _ when type == typeof(string) => "a-word",
        _ when type == typeof(bool) => true,
        _ when type == typeof(long) => 3L,
        _ when type == typeof(int?) => 30007,
        _ when Nullable.GetUnderlyingType(type) is { } plain => Value(plain, organisation, at),
        _ when type.IsEnum => Enum.GetValues(type).GetValue(0)!,
        _ when type == typeof(Guid) => Guid.CreateVersion7(at),
        _ when type == typeof(int) => 7,
        _ when type == typeof(double) => 0.7,
        _ when type.GetConstructors() is [var inner] =>
            inner.Invoke([.. inner.GetParameters().Select(parameter => Value(parameter.ParameterType, organisation, at))]),
        _ => throw new InvalidOperationException($"No sample for {type}."),
    };
}
