export const k_password_letters_min = 12;

// What the program would refuse anyway, said before it is sent.
export function new_password_fault(password: string): string | undefined {
  return [...password].length < k_password_letters_min
    ? `A password has at least ${k_password_letters_min} characters`
    : undefined;
}
