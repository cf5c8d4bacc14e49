using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;

namespace ScFm.Kernel.Scripting;

/// <summary>The variables of the notebook, read and written from outside a cell.</summary>
internal sealed class ScriptVariables(ScriptEngine engine)
{
    /// <summary>The newest variable or property of that name.</summary>
    internal bool TryGet(string name, out object? value, out Type type)
    {
        const BindingFlags anyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var submission in engine.Submissions)
        {
            if (submission.GetType().GetField(name, anyInstance) is { } field)
            {
                (value, type) = (field.GetValue(submission), field.FieldType);
                return true;
            }

            if (submission.GetType().GetProperty(name, anyInstance) is { } property)
            {
                (value, type) = (property.GetValue(submission), property.PropertyType);
                return true;
            }
        }

        (value, type) = (null, typeof(object));
        return false;
    }

    /// <summary>Declares a variable of the type, or of its nearest public base, for the cells that follow.</summary>
    /// <exception cref="ArgumentException">The name is not a C# identifier.</exception>
    internal void Set(string name, object? value, Type type)
    {
        if (!SyntaxFacts.IsValidIdentifier(name))
        {
            throw new ArgumentException($"'{name}' cannot be a variable: a C# identifier was expected.", nameof(name));
        }

        var typeName = CSharpTypeName.Of(type);
        engine.References.Add(type.Assembly);
        var key = VariableHandoff.Give(value);
        var declaration = engine.Prepare(
            $"{typeName} @{name} = ({typeName})global::{typeof(VariableHandoff).FullName}.Take(\"{key}\")!;", $"variable {name}");
        declaration.RunAsync().GetAwaiter().GetResult();
    }
}
