// Somebody is about to sign in to the phone pages: what these need comes while the password is being typed.
import { registration } from "./phone/registration.js";

registration();
