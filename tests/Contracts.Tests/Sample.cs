namespace PhoneMasking.Contracts.Tests;

/// <summary>Makes a message of any type with every member filled; texts in which people may write a number hold one.</summary>
internal static class Sample
{
    public const string Number = "+13035550142";
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] FreeTexts = ["Phone", "Phones", "Text", "Body", "From", "To"];

    public static object Of(Type type)
    {
        var constructor = type.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, parameter.Name!))]);
    }

    private static object Value(Type type, string name)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsGenericType)
        {
            var list = Array.CreateInstance(plain.GetGenericArguments()[0], 1);
            list.SetValue(Value(plain.GetGenericArguments()[0], name), 0);
            return list;
        }

        return plain switch
        {
            _ when plain == typeof(string) => FreeTexts.Contains(name) ? Number : $"some {name}",
            _ when plain == typeof(E164Number) => E164Number.Parse(Number),
            _ when plain == typeof(Guid) => Guid.CreateVersion7(Noon),
            _ when plain == typeof(DateTimeOffset) => Noon,
            _ when plain == typeof(TimeSpan) => TimeSpan.FromHours(24),
            _ when plain == typeof(bool) => true,
            _ when plain == typeof(int) => 7,
            _ when plain == typeof(long) => 7L,
            _ when plain == typeof(double) => 0.7,
            _ when plain.IsEnum => plain.GetEnumValues().GetValue(plain.GetEnumValues().Length - 1)!,
            _ when plain.IsValueType => plain.GetConstructors().Single().Invoke([Guid.CreateVersion7(Noon)]),
            _ => Of(plain),
        };
    }
}
